//! Bucket tables: who owns which bucket of a group, and the minimal move from one table to the next.

use evenkeel_packet::bucket::BucketState;

/// Serde for tables of bucket states: a byte each.
pub mod states_as_bytes {
    use super::BucketState;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes each table as its bytes.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(
        groups: &[Vec<BucketState>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes: Vec<Vec<u8>> = groups
            .iter()
            .map(|table| table.iter().map(|state| state.byte()).collect())
            .collect();
        bytes.serialize(serializer)
    }

    /// Reads what [`serialize`] wrote.
    ///
    /// # Errors
    ///
    /// Those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Vec<BucketState>>, D::Error> {
        let bytes = Vec::<Vec<u8>>::deserialize(deserializer)?;
        let states = |table: Vec<u8>| table.into_iter().map(BucketState::from_byte).collect();
        Ok(bytes.into_iter().map(states).collect())
    }
}
