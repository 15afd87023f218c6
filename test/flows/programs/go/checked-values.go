// --- a flag that is set where the value is one of a list
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	col := r.FormValue("sort")
	allowed := []string{"name", "price"}
	valid := false
	for _, a := range allowed {
		if a == col {
			valid = true
			break
		}
	}
	if !valid {
		http.Error(w, "bad", 400)
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + col)
}

// --- a flag that is set where the value is a key of a map
package main

import (
	"database/sql"
	"net/http"
)
var db *sql.DB
var cols = map[string]int{"a": 1}

func handler(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	found := false
	for k := range cols {
		if k == s {
			found = true
		}
	}
	if !found {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + s)
}

// --- such a flag that nobody asks
package main

import (
	"database/sql"
	"log"
	"net/http"
)
var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	valid := false
	for _, a := range []string{"a"} {
		if a == s {
			valid = true
		}
	}
	log.Print(valid)
	db.Query("SELECT * FROM t ORDER BY " + s) // ! critical sql-injection
}

// --- an id that is read only to see whether it is one
package main

import (
	"database/sql"
	"github.com/google/uuid"
	"net/http"
)

var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	if _, err := uuid.Parse(id); err != nil {
		return
	}
	db.Query("SELECT * FROM t WHERE a = '" + id + "'")
}

// --- a number that is read only to see whether it is one
package main

import (
	"database/sql"
	"net/http"
	"strconv"
)

var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	if _, err := strconv.Atoi(id); err != nil {
		return
	}
	db.Query("SELECT * FROM t WHERE a = '" + id + "'")
}

// --- what is no number is noted, and used
package main

import (
	"database/sql"
	"log"
	"net/http"
	"strconv"
)
var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if _, err := strconv.Atoi(s); err != nil {
		log.Print(err)
	}
	db.Query("SELECT * FROM t WHERE a = " + s) // ! critical sql-injection
}

// --- each item of a list is a number
package main

import (
	"database/sql"
	"net/http"
	"strconv"
	"strings"
)
var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	ids := strings.Split(r.FormValue("ids"), ",")
	for _, s := range ids {
		if _, err := strconv.Atoi(s); err != nil {
			return
		}
	}
	db.Query("SELECT * FROM t WHERE id IN (" + strings.Join(ids, ",") + ")")
}

// --- one of several conditions of a case
package main

import (
	"database/sql"
	"net/http"
)
var db *sql.DB

func handler(w http.ResponseWriter, r *http.Request) {
	c := r.FormValue("c")
	switch {
	case c == "a", c == "b":
		db.Query("SELECT * FROM t ORDER BY " + c)
	default:
		return
	}
}

// --- a method of a named type says that it is one of its values
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

type Sort string

const (
	ByName Sort = "name"
	ByID   Sort = "id"
)

func (s Sort) IsValid() bool {
	switch s {
	case ByName, ByID:
		return true
	}
	return false
}

func handler(w http.ResponseWriter, r *http.Request) {
	s := Sort(r.FormValue("sort"))
	if !s.IsValid() {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + string(s))
}

// --- such a method looks into a map
package main

import (
	"database/sql"
	"net/http"
)
var db *sql.DB

type Sort string

var sorts = map[Sort]bool{"a": true}

func (s Sort) Valid() bool { return sorts[s] }

func handler(w http.ResponseWriter, r *http.Request) {
	s := Sort(r.FormValue("s"))
	if !s.Valid() {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + string(s))
}

// --- such a method compares
package main

import (
	"database/sql"
	"net/http"
)
var db *sql.DB

type Sort string

const A Sort = "a"

func (s Sort) Valid() bool { return s == A || s == "b" }

func handler(w http.ResponseWriter, r *http.Request) {
	s := Sort(r.FormValue("s"))
	if !s.Valid() {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + string(s))
}

// --- such a method asks for its length alone
package main

import (
	"database/sql"
	"net/http"
)
var db *sql.DB

type Sort string

func (s Sort) Valid() bool { return len(s) > 0 }

func handler(w http.ResponseWriter, r *http.Request) {
	s := Sort(r.FormValue("s"))
	if !s.Valid() {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + string(s)) // ! critical sql-injection
}

// --- a method that gives an error looks at the field
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
)
var db *sql.DB

type Input struct{ Sort string }

func (i Input) Validate() error {
	switch i.Sort {
	case "a", "b":
		return nil
	}
	return errors.New("x")
}

func handler(w http.ResponseWriter, r *http.Request) {
	var in Input
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return
	}
	if err := in.Validate(); err != nil {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + in.Sort)
}

// --- a method that gives an error matches the field
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
)
var db *sql.DB

type Input struct{ Sort string }

var re = regexp.MustCompile(`^[a-z]+$`)

func (i *Input) Validate() error {
	if !re.MatchString(i.Sort) {
		return errors.New("x")
	}
	return nil
}

func handler(w http.ResponseWriter, r *http.Request) {
	var in Input
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return
	}
	if err := in.Validate(); err != nil {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + in.Sort)
}

// --- a method that gives an error looks at another field
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
)
var db *sql.DB

type Input struct{ Sort, Dir string }

func (i Input) Validate() error {
	switch i.Dir {
	case "a", "b":
		return nil
	}
	return errors.New("x")
}

func handler(w http.ResponseWriter, r *http.Request) {
	var in Input
	json.NewDecoder(r.Body).Decode(&in)
	if err := in.Validate(); err != nil {
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + in.Sort) // ! critical sql-injection
}
