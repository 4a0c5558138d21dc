//! Work on parts of a list at once, as many as there are cores.

use std::panic::resume_unwind;
use std::thread;

use super::guard::quietly;

/// More threads do not help what reads one disk.
const MAX_THREADS: usize = 8;

/// Does `work` on parts of `items` at once and gives what comes of them in order. A part has
/// `least` items or more, because a thread has to be worth it; a panic in one is a panic here.
pub fn in_parts<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    work: impl Fn(&[T]) -> R + Sync,
) -> Vec<R> {
    let n_cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let n_each = items.len().div_ceil(n_cores.min(MAX_THREADS));
    let mut parts = items.chunks(n_each.max(least).max(1));
    let Some(first) = parts.next() else {
        return Vec::new();
    };
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = parts
            .map(|part| scope.spawn(move || quietly(|| work(part))))
            .collect();
        let mut done = vec![work(first)];
        let others = threads.into_iter();
        done.extend(
            others.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
        );
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_order_and_none_is_lost() {
        let items: Vec<usize> = (0..1000).collect();
        for least in [1, 7, 600, 5000] {
            let parts = in_parts(&items, least, <[usize]>::to_vec);
            assert_eq!(parts.concat(), items);
            assert!(parts.len() == 1 || parts[0].len() >= least);
        }
        assert!(in_parts(&items[..0], 1, <[usize]>::len).is_empty());
    }
}
