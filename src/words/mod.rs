//! Floor 0: the words every other room uses. It knows nothing of schools or of linear programs.

pub mod catalogue;
pub mod code;
pub mod halt;
pub mod ids;
pub mod in_book;
pub mod lang;
pub mod notice;
pub mod sum;
pub mod terms;
pub mod tolerance;
pub mod trouble;
pub mod units;

pub use code::{Code, Grade};
pub use halt::Halt;
pub use ids::{
    AreaIx, CountyIx, FundIx, MeasureIx, PolicyIx, ProvinceIx, ResourceIx, SchoolIx, Table, YearIx,
};
pub use lang::Lang;
pub use notice::{Notice, Notices, Place, column_letters};
pub use trouble::{trouble, trouble_in_both};
pub use units::Money;
