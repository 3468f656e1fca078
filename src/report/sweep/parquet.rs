//! `sweep.parquet`: the table of points with typed columns. It is made from the finished table alone, row group by row
//! group, so that a sweep that was killed and went on ends with the same bytes, and memory does not grow with its points.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::super::csv::unguarded;
use super::super::question::Question;
use super::table::{Kind, columns};
use crate::study::sweep::Design;

/// Rows of a group: what is held at once.
const GROUP: usize = 1 << 16;

/// Writes the rows of a table in the language of the question as Parquet.
///
/// # Errors
/// When `out` cannot be written, or the table cannot be read or is another one's.
pub fn write(
    out: &mut (dyn Write + Send),
    asked: &Question,
    design: &Design,
    table: &mut dyn Read,
) -> io::Result<()> {
    let columns = named_apart(columns(asked, design));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let mut file = SerializedFileWriter::new(
        out,
        schema(&columns).map_err(io::Error::other)?,
        Arc::new(properties.build()),
    )
    .map_err(io::Error::other)?;
    let mut held: Vec<Column> = columns.iter().map(|(_, kind)| Column::of(*kind)).collect();
    let mut reader = ::csv::Reader::from_reader(table);
    let mut record = ::csv::StringRecord::new();
    let mut rows = 0;
    let mut going_on = true;
    while going_on {
        going_on = reader.read_record(&mut record)?;
        if going_on {
            rows += 1;
            for (column, cell) in held.iter_mut().zip(&record) {
                column.take(cell)?;
            }
        }
        if rows == GROUP || (!going_on && rows > 0) {
            rows = 0;
            put(&mut file, &mut held).map_err(io::Error::other)?;
        }
    }
    file.close().map_err(io::Error::other)?;
    Ok(())
}

/// Columns of which no two have the same name: sweeps may go over scenarios twice, and readers tell columns by name.
fn named_apart(columns: Vec<(String, Kind)>) -> Vec<(String, Kind)> {
    let mut taken = BTreeSet::new();
    let apart = columns.into_iter().map(|(name, kind)| {
        let mut candidates =
            std::iter::once(name.clone()).chain((2..).map(|number| format!("{name} {number}")));
        let free = candidates.find(|one| taken.insert(one.clone()));
        (free.unwrap_or(name), kind)
    });
    apart.collect()
}

fn schema(columns: &[(String, Kind)]) -> Result<Arc<Type>, ParquetError> {
    let fields = columns.iter().map(|(name, kind)| {
        let (physical, logical) = match kind {
            Kind::Count => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Words => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL);
        field.build().map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let group = Type::group_type_builder("sweep").with_fields(fields);
    group.build().map(Arc::new)
}

/// The cells of a column in the group that is being read: the values, and which cells have one.
struct Column {
    values: Values,
    levels: Vec<i16>,
}

enum Values {
    Counts(Vec<i64>),
    Numbers(Vec<f64>),
    Words(Vec<ByteArray>),
}

impl Column {
    fn of(kind: Kind) -> Column {
        Column {
            values: match kind {
                Kind::Count => Values::Counts(Vec::new()),
                Kind::Number => Values::Numbers(Vec::new()),
                Kind::Words => Values::Words(Vec::new()),
            },
            levels: Vec::new(),
        }
    }

    /// Takes a cell; what is empty is not known.
    fn take(&mut self, cell: &str) -> io::Result<()> {
        let invalid = |failed: String| io::Error::new(io::ErrorKind::InvalidData, failed);
        self.levels.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Ok(());
        }
        match &mut self.values {
            Values::Counts(values) => {
                let value = cell
                    .parse()
                    .map_err(|failed| invalid(format!("{cell}: {failed}")));
                values.push(value?);
            }
            Values::Numbers(values) => {
                let value = cell
                    .parse()
                    .map_err(|failed| invalid(format!("{cell}: {failed}")));
                values.push(value?);
            }
            Values::Words(values) => values.push(ByteArray::from(unguarded(cell))),
        }
        Ok(())
    }

    fn put(&mut self, writer: &mut SerializedColumnWriter) -> Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match &mut self.values {
            Values::Counts(values) => {
                writer
                    .typed::<Int64Type>()
                    .write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Numbers(values) => {
                writer
                    .typed::<DoubleType>()
                    .write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Words(values) => {
                writer
                    .typed::<ByteArrayType>()
                    .write_batch(values, levels, None)?;
                values.clear();
            }
        }
        self.levels.clear();
        Ok(())
    }
}

/// Writes what is held as a row group.
fn put<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    held: &mut [Column],
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for column in held {
        if let Some(mut writer) = group.next_column()? {
            column.put(&mut writer)?;
            writer.close()?;
        }
    }
    group.close()?;
    Ok(())
}
