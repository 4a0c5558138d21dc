//! What others work out of a snapshot once and keep with it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

type Slot = Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>;

/// One value of each type. It goes with the snapshot that it was made from.
#[derive(Default)]
pub struct Kept {
    slots: Mutex<HashMap<TypeId, Slot>>,
}

impl Kept {
    /// The value of this type; made on first use, while others who want the same
    /// type wait.
    ///
    /// # Errors
    /// That of `make`; the next call tries again.
    pub fn get<T, E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E>
    where
        T: Any + Send + Sync,
    {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(TypeId::of::<T>()).or_default())
        };
        let mut held = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let known = held
            .as_ref()
            .and_then(|value| Arc::clone(value).downcast().ok());
        if let Some(value) = known {
            return Ok(value);
        }
        let value = Arc::new(make()?);
        *held = Some(Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_a_failure_is_not_kept() {
        let kept = Kept::default();
        assert_eq!(kept.get(|| Err::<u32, _>("no")).unwrap_err(), "no");
        assert_eq!(*kept.get(|| Ok::<u32, ()>(7)).unwrap(), 7);
        assert_eq!(*kept.get(|| Ok::<u32, ()>(8)).unwrap(), 7);
        assert_eq!(*kept.get(|| Ok::<u64, ()>(9)).unwrap(), 9);
    }
}
