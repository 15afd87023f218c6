// Package geo asks the geocoder for places.
package geo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

type Client struct {
	base string
	http *http.Client
}

type Place struct {
	Name    string  `json:"name"`
	Country string  `json:"country"`
	Lat     float64 `json:"lat"`
	Lon     float64 `json:"lon"`
}

func New(base string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 8
	return &Client{base: base, http: &http.Client{Transport: transport}}
}

// Search finds places by a piece of their name.
func (c *Client) Search(ctx context.Context, text string) ([]Place, error) {
	var places []Place
	err := c.get(ctx, "/search", url.Values{"q": {text}, "limit": {"10"}}, &places)
	return places, err
}

// Reverse names the place at a position.
func (c *Client) Reverse(ctx context.Context, lat, lon float64) (Place, error) {
	var place Place
	err := c.get(ctx, "/reverse", url.Values{
		"lat": {strconv.FormatFloat(lat, 'f', 5, 64)},
		"lon": {strconv.FormatFloat(lon, 'f', 5, 64)},
	}, &place)
	return place, err
}

func (c *Client) get(ctx context.Context, path string, query url.Values, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path+"?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("geocoder answered %s with %d", path, res.StatusCode)
	}
	return json.NewDecoder(res.Body).Decode(into)
}
