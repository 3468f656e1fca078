//! References from one place to another.

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

fn case(simple: &mut Simple, from: &str, to: &str) {
    simple.swap("case.toml", from, to);
}

pub const ALL: &[Broken] = &[
    broken("E301", |simple| case(simple, "pays = { resources = [\"area\"] }", "pays = { resources = [‸\"aera\"] }")),
    broken("E301", |simple| case(simple, "[[objective.tilt]]\nareas = [\"乡村\"]", "[[objective.tilt]]\nareas = [‸\"农村\"]")),
    broken("E301", |simple| simple.swap("scenarios/mixed.toml", "policies = [\"computer-cap\"]", "policies = [‸\"computers-cap\"]")),
    broken("E302", |simple| case(simple, "unusable = \"超期\"", "unusable = ‸\"超期数\"")),
    broken("E303", |simple| case(simple, "[standard]", "[standard]\nuse = ‸\"quality-balance-2018\"")),
    broken("E304", |simple| case(simple, "id = \"special\"", "id = ‸\"county\"")),
    broken("E305", |simple| simple.swap("schools.csv", "A3,第三小学", "‸A1,第三小学").and(simple)),
    broken("E306", |simple| case(simple, "resource = \"area\"\nper = \"enrolment\"", "resource = ‸\"books\"\nper = \"enrolment\"")),
    broken("E307", |simple| simple.swap("links.csv", "A1,A2", "A1,‸A9")),
    broken("E308", |simple| simple.swap("scenarios/mixed.toml", "include = [\"less\"]", "include = [‸\"less\"]")),
    broken("E309", |simple| simple.swap("scenarios/less.toml", "title = \"预算减两成\"", "title = \"预算减两成\"\ninclude = [\"mixed\"]")),
];
