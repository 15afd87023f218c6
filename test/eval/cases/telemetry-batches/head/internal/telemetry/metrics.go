package telemetry

import "expvar"

var (
	batches = expvar.NewInt("ingest_batches")
	split   = expvar.NewInt("ingest_batches_split")
	refused = expvar.NewInt("ingest_readings_refused")
)
