// Package geo asks the geocoder for places.
package geo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
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
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()

	query := url.Values{"q": {text}, "limit": {"10"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/search?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("geocoder answered %d", res.StatusCode)
	}
	var places []Place
	if err := json.NewDecoder(res.Body).Decode(&places); err != nil {
		return nil, err
	}
	return places, nil
}

// Reverse names the place at a position.
func (c *Client) Reverse(ctx context.Context, lat, lon float64) (Place, error) {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()

	query := url.Values{
		"lat": {strconv.FormatFloat(lat, 'f', 5, 64)},
		"lon": {strconv.FormatFloat(lon, 'f', 5, 64)},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/reverse?"+query.Encode(), nil)
	if err != nil {
		return Place{}, err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return Place{}, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return Place{}, fmt.Errorf("geocoder answered %d", res.StatusCode)
	}
	var place Place
	if err := json.NewDecoder(res.Body).Decode(&place); err != nil {
		return Place{}, err
	}
	return place, nil
}
