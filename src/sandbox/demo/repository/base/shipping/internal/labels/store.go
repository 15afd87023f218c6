package labels

import (
	"context"
	"database/sql"
)

// Store reads and writes shipping labels.
type Store struct{ db *sql.DB }

// Find returns the labels of an order.
func (s *Store) Find(ctx context.Context, orderID int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "select url from labels where order_id = $1", orderID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var urls []string
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			return nil, err
		}
		urls = append(urls, url)
	}
	return urls, rows.Err()
}
