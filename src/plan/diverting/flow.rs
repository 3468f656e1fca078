//! Who goes where at the least distance: as many as can, from places that have too many to places that have room.
//!
//! A transportation problem, solved exactly in whole pupils by successive shortest paths with potentials (Edmonds and
//! Karp 1972): every path goes from a school that still has too many to one that still has room, the shortest first, and
//! may send others on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A way from one place that sends to one that receives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Way {
    /// Which place sends.
    pub from: usize,
    /// Which receives.
    pub to: usize,
    /// Metres.
    pub metres: u64,
}

/// How many go each way: as many in all as can, and of all such choices one of the fewest metres. Which one, where several
/// are as good, depends on the order alone.
pub fn flow(supplies: &[u64], rooms: &[u64], ways: &[Way]) -> Vec<u64> {
    let mut graph = Graph::new(supplies, rooms, ways);
    while let Some(path) = graph.shortest() {
        graph.send(&path);
    }
    (0..ways.len())
        .map(|at| graph.arcs[2 * at + 1].left)
        .collect()
}

/// An arc of what can still be changed; its reverse stands beside it (the number with the last bit flipped).
struct Arc {
    to: usize,
    left: u64,
    metres: i64,
}

struct Graph {
    arcs: Vec<Arc>,
    /// Arcs out of each node: the source, those that send, those that receive, the sink.
    out: Vec<Vec<usize>>,
    /// Potentials, under which no arc that is left has a negative length.
    height: Vec<i64>,
    sink: usize,
}

const SOURCE: usize = 0;

impl Graph {
    fn new(supplies: &[u64], rooms: &[u64], ways: &[Way]) -> Graph {
        let (first, sink) = (1 + supplies.len(), 1 + supplies.len() + rooms.len());
        let mut graph = Graph {
            arcs: Vec::new(),
            out: vec![Vec::new(); sink + 1],
            height: vec![0; sink + 1],
            sink,
        };
        for way in ways {
            let most = supplies[way.from].min(rooms[way.to]);
            graph.add(1 + way.from, first + way.to, most, way.metres);
        }
        for (at, &supply) in supplies.iter().enumerate() {
            graph.add(SOURCE, 1 + at, supply, 0);
        }
        for (at, &room) in rooms.iter().enumerate() {
            graph.add(first + at, sink, room, 0);
        }
        graph
    }

    fn add(&mut self, from: usize, to: usize, most: u64, metres: u64) {
        let metres = i64::try_from(metres).unwrap_or(i64::MAX / 4);
        for (from, to, left, metres) in [(from, to, most, metres), (to, from, 0, -metres)] {
            self.out[from].push(self.arcs.len());
            self.arcs.push(Arc { to, left, metres });
        }
    }

    /// The arcs of a shortest path from the source to the sink (Dijkstra), by which the potentials are raised.
    fn shortest(&mut self) -> Option<Vec<usize>> {
        let mut length = vec![i64::MAX; self.out.len()];
        let mut by: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut open = BinaryHeap::from([Reverse((0, SOURCE))]);
        length[SOURCE] = 0;
        while let Some(Reverse((so_far, node))) = open.pop() {
            if so_far > length[node] {
                continue;
            }
            for &at in &self.out[node] {
                let arc = &self.arcs[at];
                let long = so_far + arc.metres + self.height[node] - self.height[arc.to];
                if arc.left > 0 && long < length[arc.to] {
                    length[arc.to] = long;
                    by[arc.to] = Some(at);
                    open.push(Reverse((long, arc.to)));
                }
            }
        }
        let to_sink = length[self.sink];
        if to_sink == i64::MAX {
            return None;
        }
        for (height, length) in self.height.iter_mut().zip(length) {
            *height += length.min(to_sink);
        }
        let mut path = Vec::new();
        let mut node = self.sink;
        while let Some(at) = by[node] {
            path.push(at);
            node = self.arcs[at ^ 1].to;
        }
        Some(path)
    }

    /// Sends as many along a path as fit.
    fn send(&mut self, path: &[usize]) {
        let fit = path.iter().map(|&at| self.arcs[at].left).min().unwrap_or(0);
        for &at in path {
            self.arcs[at].left -= fit;
            self.arcs[at ^ 1].left += fit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn way(from: usize, to: usize, metres: u64) -> Way {
        Way { from, to, metres }
    }

    #[test]
    fn the_nearest_place_is_left_to_who_has_no_other() {
        // 0 may go to either, 1 only to the nearer one.
        let ways = [way(0, 0, 1000), way(0, 1, 3000), way(1, 0, 2000)];
        assert_eq!(flow(&[10, 10], &[10, 10], &ways), [0, 10, 10]);
        assert_eq!(flow(&[10, 4], &[10, 10], &ways), [6, 4, 4]);
        assert_eq!(flow(&[10, 4], &[0, 3], &ways), [0, 3, 0]);
    }

    /// The most that can go and the fewest metres, by trying every choice.
    fn by_trial(supplies: &[u64], rooms: &[u64], ways: &[Way]) -> (u64, u64) {
        let Some((way, rest)) = ways.split_first() else {
            return (0, 0);
        };
        let most = supplies[way.from].min(rooms[way.to]);
        let tried = (0..=most).map(|go| {
            let (mut supplies, mut rooms) = (supplies.to_vec(), rooms.to_vec());
            supplies[way.from] -= go;
            rooms[way.to] -= go;
            let (gone, metres) = by_trial(&supplies, &rooms, rest);
            (gone + go, metres + go * way.metres)
        });
        let better = |best: (u64, u64), next: (u64, u64)| {
            let more = next.0 > best.0 || next.0 == best.0 && next.1 < best.1;
            if more { next } else { best }
        };
        tried.reduce(better).unwrap_or((0, 0))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn as_many_as_can_go_the_fewest_metres(
            supplies in prop::collection::vec(0u64..4, 3),
            rooms in prop::collection::vec(0u64..4, 3),
            metres in prop::collection::vec(prop::option::weighted(0.7, 1u64..9), 9),
        ) {
            let all = metres.iter().enumerate();
            let ways: Vec<Way> =
                all.filter_map(|(at, metres)| Some(way(at / 3, at % 3, (*metres)?))).collect();
            let found = flow(&supplies, &rooms, &ways);
            for (at, supply) in supplies.iter().enumerate() {
                let sent: u64 = ways.iter().zip(&found).filter(|(way, _)| way.from == at).map(|(_, go)| go).sum();
                prop_assert!(sent <= *supply);
            }
            for (at, room) in rooms.iter().enumerate() {
                let come: u64 = ways.iter().zip(&found).filter(|(way, _)| way.to == at).map(|(_, go)| go).sum();
                prop_assert!(come <= *room);
            }
            let gone: u64 = found.iter().sum();
            let metres: u64 = ways.iter().zip(&found).map(|(way, go)| way.metres * go).sum();
            prop_assert_eq!((gone, metres), by_trial(&supplies, &rooms, &ways));
        }
    }
}
