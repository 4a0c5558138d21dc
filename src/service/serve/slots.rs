//! The open connections, and which of them can be ended.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// The open connections.
#[derive(Debug)]
pub(super) struct Slots {
    max: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next_id: u64,
    places: BTreeMap<u64, Place>,
}

#[derive(Debug)]
struct Place {
    /// Since when it waits for a request or its body; none while one is at work.
    idle_since: Option<Instant>,
    end: Arc<Notify>,
}

/// The place of one connection, free again when it goes out of scope.
#[derive(Debug)]
pub(super) struct Slot {
    slots: Arc<Slots>,
    id: u64,
    end: Arc<Notify>,
}

/// A request; when it goes out of scope, the connection waits for the next one.
#[derive(Debug)]
pub(super) struct Busy(Arc<Slot>);

impl Slots {
    pub(super) fn new(max: usize) -> Self {
        Self {
            max,
            open: Mutex::default(),
        }
    }

    /// A place for a connection. Where all are taken, the one that waits longest without
    /// a request gives way; none when all are at work.
    pub(super) fn admit(self: &Arc<Self>) -> Option<Slot> {
        if self.lock().places.len() >= self.max && !self.end_oldest() {
            return None;
        }
        let end = Arc::new(Notify::new());
        let mut open = self.lock();
        let id = open.next_id;
        open.next_id += 1;
        let place = Place {
            idle_since: Some(Instant::now()),
            end: Arc::clone(&end),
        };
        open.places.insert(id, place);
        drop(open);
        Some(Slot {
            slots: Arc::clone(self),
            id,
            end,
        })
    }

    /// Ends the connection that waits longest without a request; says whether there is
    /// one.
    pub(super) fn end_oldest(&self) -> bool {
        let mut open = self.lock();
        let waiting = open.places.iter();
        let oldest = waiting
            .filter_map(|(id, place)| Some((place.idle_since?, *id)))
            .min();
        let place = oldest.and_then(|(_, id)| open.places.remove(&id));
        if let Some(place) = &place {
            place.end.notify_one();
        }
        place.is_some()
    }

    /// Ends the connections that have waited so long.
    pub(super) fn end_idle_since(&self, time: Duration) {
        for place in self.lock().places.values() {
            if place
                .idle_since
                .is_some_and(|since| since.elapsed() >= time)
            {
                place.end.notify_one();
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lock().places.is_empty()
    }

    fn note(&self, id: u64, idle_since: Option<Instant>) {
        if let Some(place) = self.lock().places.get_mut(&id) {
            place.idle_since = idle_since;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Completes when the connection is to end.
    pub(super) async fn ended(&self) {
        self.end.notified().await;
    }

    /// Notes that a head has come; the connection still waits, now for its body.
    pub(super) fn receiving(self: &Arc<Self>) -> Busy {
        self.slots.note(self.id, Some(Instant::now()));
        Busy(Arc::clone(self))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.lock().places.remove(&self.id);
    }
}

impl Busy {
    /// Notes that the request is there whole and is at work.
    pub(super) fn is_whole(&self) {
        self.0.slots.note(self.0.id, None);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.slots.note(self.0.id, Some(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_longest_gives_way_and_who_is_at_work_does_not() {
        let slots = Arc::new(Slots::new(2));
        let first = Arc::new(slots.admit().unwrap());
        let second = Arc::new(slots.admit().unwrap());
        let at_work = first.receiving();
        at_work.is_whole();
        let third = Arc::new(slots.admit().unwrap());
        assert!(!slots.lock().places.contains_key(&second.id));
        let also_at_work = third.receiving();
        also_at_work.is_whole();
        assert!(slots.admit().is_none());
        drop(at_work);
        assert!(slots.admit().is_some());
        drop((first, second, third, also_at_work));
    }
}
