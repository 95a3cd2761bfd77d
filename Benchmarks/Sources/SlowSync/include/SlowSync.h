// A library that is loaded before others and makes each sync of the disk last longer, by as many
// microseconds as SYNC_DELAY says. So programs can be compared as they would be on a slower disk.
