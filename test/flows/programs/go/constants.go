// --- an if whose test always holds
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	num := 86
	bar := param
	if 7*42-num > 200 {
		bar = "always"
	}
	exec.Command("sh", "-c", "echo "+bar).Run()
}

// --- an if whose test never holds
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	num := 106
	bar := param
	if 7*42-num > 200 {
		bar = "always"
	}
	exec.Command("sh", "-c", "echo "+bar).Run() // ! critical command-injection
}

// --- a switch over a constant
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	guess := "B"
	bar := "x"
	switch guess {
	case "A":
		bar = param
	case "B":
		bar = "bob"
	}
	exec.Command("sh", "-c", "echo "+bar).Run()
}

// --- keys of a map
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	values := map[string]string{}
	values["a"] = "a"
	values["b"] = param
	exec.Command("sh", "-c", "echo "+values["a"]).Run()
	exec.Command("sh", "-c", "echo "+values["b"]).Run() // ! critical command-injection
}

// --- a switch without a subject whose first case holds
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func pick(n int, given string) string {
	var bar string
	switch {
	case n*18 > 100:
		bar = "fixed"
	default:
		bar = given
	}
	return bar
}

func h(w http.ResponseWriter, r *http.Request) {
	db.QueryRow("SELECT 1 FROM t WHERE a = '" + pick(7, r.Header.Get("X-V")) + "'")
}

func main() { http.HandleFunc("/", h) }

// --- a switch without a subject whose last case holds
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func h(w http.ResponseWriter, r *http.Request) {
	n := 5
	bar := ""
	switch {
	case n*18 > 100:
		bar = "fixed"
	default:
		bar = r.Header.Get("X-V")
	}
	db.QueryRow("SELECT 1 FROM t WHERE a = '" + bar + "'") // ! critical sql-injection
}

func main() { http.HandleFunc("/", h) }

// --- what a select receives
package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strings"
)

var db *sql.DB

func t(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	bar := "x"
	ch := make(chan string, 1)
	ch <- q
	select {
	case m := <-ch:
		bar = m
	default:
	}
	db.Query("SELECT a FROM t WHERE b = '" + bar + "'") // ! critical sql-injection
	fmt.Fprint(w, strings.ToUpper("a"))
}

func main() { http.HandleFunc("/t", t); http.ListenAndServe(":80", nil) }

// --- what a select waits for
package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strings"
)

var db *sql.DB

func t(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	bar := "x"
	ch := make(chan string, 1)
	select {
	case <-ch:
		bar = q
	}
	db.Query("SELECT a FROM t WHERE b = '" + bar + "'") // ! critical sql-injection
	fmt.Fprint(w, strings.ToUpper("a"))
}

func main() { http.HandleFunc("/t", t); http.ListenAndServe(":80", nil) }

// --- a number that its address sets
package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strings"
)

var db *sql.DB

func t(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	bar := "x"
	n := 5
	p := &n
	*p = 50
	switch {
	case n > 10:
		bar = q
	}
	db.Query("SELECT a FROM t WHERE b = '" + bar + "'") // ! critical sql-injection
	fmt.Fprint(w, strings.ToUpper("a"))
}

func main() { http.HandleFunc("/t", t); http.ListenAndServe(":80", nil) }

// --- the length of a text that its address sets
package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strings"
)

var db *sql.DB

func t(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	bar := "x"
	s := ""
	fmt.Sscan(q, &s)
	if len(s) > 0 {
		bar = q
	}
	db.Query("SELECT a FROM t WHERE b = '" + bar + "'") // ! critical sql-injection
	fmt.Fprint(w, strings.ToUpper("a"))
}

func main() { http.HandleFunc("/t", t); http.ListenAndServe(":80", nil) }
