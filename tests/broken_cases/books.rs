//! Workbooks that are a whole case.

use super::book::Book;
use crate::simple::{BOOK, Simple};
use crate::{Broken, broken};

/// The simple case as a workbook with one edit, and where its finding must point.
fn edited(simple: &mut Simple, place: &str, edit: impl FnOnce(&mut Book)) {
    let mut book = Book::simple();
    edit(&mut book);
    simple.bytes(BOOK, &book.bytes());
    simple.mark(&format!("{BOOK}{place}"));
}

pub const ALL: &[Broken] = &[
    broken("E214", |simple| {
        edited(simple, "[措施]!I1", |book| {
            book.set("措施", "I1", "建设周明");
            book.set("措施", "I2", "1");
        })
    }),
    broken("E214", |simple| {
        edited(simple, "[案例]!A8", |book| {
            book.set("案例", "A8", "规划期后年数");
            book.set("案例", "B8", "3");
        })
    }),
    broken("E215", |simple| {
        edited(simple, "[案例]!A8", |book| {
            book.set("案例", "A8", "规划年数");
            book.set("案例", "B8", "3");
        })
    }),
    broken("E216", |simple| {
        edited(simple, "[政策]!H4", |book| book.set("政策", "H4", "mixd"))
    }),
    broken("E217", |simple| {
        edited(simple, "[资金]!H2", |book| {
            book.set("资金", "H1", "2030");
            book.set("资金", "H2", "5");
        })
    }),
    broken("E218", |simple| {
        edited(simple, "", |book| {
            book.0 = vec![("Sheet1", vec![vec!["学校".to_string()]])]
        })
    }),
    broken("E219", |simple| {
        edited(simple, "[措施]!G2", |book| book.set("措施", "G2", "#N/A"))
    }),
    broken("W201", |simple| {
        edited(simple, "[资金二]", |book| {
            book.0.push(("资金二", vec![vec!["代码".to_string()]]))
        })
    }),
    broken("W202", |simple| {
        edited(simple, "[Resources]!A2", |book| {
            book.set("Resources", "G2", "示例，请删去本行")
        })
    }),
];
