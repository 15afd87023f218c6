package telemetry

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"example.com/fleetwatch/internal/store"
)

var errImpossible = errors.New("the reading is not possible")

type wireReading struct {
	Device  uuid.UUID `json:"d"`
	At      time.Time `json:"t"`
	Lat     float64   `json:"la"`
	Lon     float64   `json:"lo"`
	Celsius *float32  `json:"c"`
}

func parseReading(data []byte) (store.InsertReadingParams, error) {
	var wire wireReading
	if err := json.Unmarshal(data, &wire); err != nil {
		return store.InsertReadingParams{}, err
	}
	if wire.Lat < -90 || wire.Lat > 90 || wire.Lon < -180 || wire.Lon > 180 || wire.At.IsZero() {
		return store.InsertReadingParams{}, errImpossible
	}
	return store.InsertReadingParams{
		DeviceID: wire.Device,
		At:       wire.At,
		Lat:      wire.Lat,
		Lon:      wire.Lon,
		Celsius:  wire.Celsius,
	}, nil
}
