// --- two types of one file behind one interface
package a

import (
	"database/sql"
	"net/http"
	"strconv"
)

type reader interface{ read(string) string }

type numbers struct{}

func (numbers) read(value string) string {
	n, _ := strconv.Atoi(value)
	return strconv.Itoa(n)
}

type texts struct{}

func (texts) read(value string) string { return value }

func column(from reader, value string) string { return from.read(value) }

type orders struct {
	db      *sql.DB
	numbers *numbers
	texts   *texts
}

func (o *orders) first(w http.ResponseWriter, r *http.Request) {
	_, _ = o.db.Exec("update orders set seen = true order by " + column(o.numbers, r.FormValue("sort")))
}

func (o *orders) second(w http.ResponseWriter, r *http.Request) {
	_, _ = o.db.Exec("update orders set seen = true order by " + column(o.texts, r.FormValue("sort"))) // ! critical sql-injection
}

func (o *orders) third(w http.ResponseWriter, r *http.Request) {
	_, _ = o.db.Exec("update orders set seen = true order by " + column(o.numbers, r.FormValue("sort")))
}
