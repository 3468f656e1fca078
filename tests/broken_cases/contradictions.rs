//! Rules that cannot hold together.

use crate::references::doubt;
use crate::{Broken, broken, broken_with};

pub const ALL: &[Broken] = &[
    broken("E413", |simple| {
        let rule = "id = \"cap\"\nname = \"乡村不超过两成\"\nkind = \"share\"\nmax = 0.2\nscope = { areas = [\"乡村\"] }\n";
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    // A minimum for a part against a maximum for the whole, added by a scenario.
    broken("E413", |simple| {
        let rule = "id = \"floor\"\nname = \"乡村至少 300 台\"\nkind = \"quota\"\nmin = 300\n\
                    scope = { measures = [\"buy-computers\"], areas = [\"乡村\"] }\n";
        simple.plus("scenarios/less.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    broken("E414", |simple| {
        let rule = "id = \"town\"\nname = \"八成用于城镇\"\nkind = \"share\"\nmin = 0.8\nscope = { areas = [\"城镇\"] }\n";
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    broken("E416", |simple| doubt(simple, "A1,books,‸3,2")),
    broken_with("E415", &[], |simple| {
        let forbid = "id = \"no\"\nname = \"不购图书\"\nkind = \"forbid\"\nscope = { measures = [\"buy-books\"] }\n";
        let floor = "id = \"some\"\nname = \"至少一千册\"\nkind = \"quota\"\nmin = 1000\nscope = { resources = [\"books\"] }\n";
        simple.plus(
            "case.toml",
            &format!("\n[[policy]]\n{forbid}\n‸[[policy]]\n{floor}"),
        );
    }),
];
