// --- a filter that the body decides
package main

import (
	"context"
	"encoding/json"
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type users struct {
	c *mongo.Collection
}

func (u *users) find(w http.ResponseWriter, r *http.Request) {
	var filter bson.M
	if err := json.NewDecoder(r.Body).Decode(&filter); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	u.c.FindOne(r.Context(), filter) // ! high nosql-injection
}

func (u *users) login(w http.ResponseWriter, r *http.Request) {
	var body map[string]interface{}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	u.c.FindOne(context.Background(), bson.M{"user": body["user"], "password": body["password"]}) // ! high nosql-injection
	u.c.DeleteMany(r.Context(), bson.D{{Key: "user", Value: body["user"]}}) // ! high nosql-injection
}

func (u *users) where(w http.ResponseWriter, r *http.Request) {
	u.c.Find(r.Context(), bson.M{"$where": "this.name == '" + r.FormValue("name") + "'"}) // ! high database-script-injection
}

// --- a command of the database that the body decides
package main

import (
	"github.com/gin-gonic/gin"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type console struct {
	db *mongo.Database
}

func (s *console) run(c *gin.Context) {
	var command bson.D
	if c.ShouldBindJSON(&command) != nil {
		return
	}
	s.db.RunCommand(c, command) // ! high nosql-injection
}

func (s *console) stats(c *gin.Context) {
	s.db.RunCommand(c, bson.D{{Key: "collStats", Value: c.Query("of")}})
}

// --- texts of the request are texts in the filter
package main

import (
	"encoding/json"
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
)

type users struct {
	c *mongo.Collection
}

type credentials struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

func (u *users) find(w http.ResponseWriter, r *http.Request) {
	u.c.FindOne(r.Context(), bson.M{"user": r.FormValue("user")})
	u.c.FindOne(r.Context(), bson.D{{Key: "user", Value: r.URL.Query().Get("user")}})
	id, err := primitive.ObjectIDFromHex(r.PathValue("id"))
	if err != nil {
		http.Error(w, "bad id", http.StatusBadRequest)
		return
	}
	u.c.FindOne(r.Context(), bson.M{"_id": id})
}

func (u *users) login(w http.ResponseWriter, r *http.Request) {
	var body credentials
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	u.c.FindOne(r.Context(), bson.M{"user": body.User, "password": body.Password})
}

// --- a text of the request is a part of a query that is written as text
package main

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type tickets struct{ c *mongo.Collection }

func (t *tickets) close(w http.ResponseWriter, r *http.Request) {
	var filter bson.D
	text := `{"open": true, "owner": "` + r.URL.Query().Get("owner") + `"}`
	if err := bson.UnmarshalExtJSON([]byte(text), true, &filter); err != nil {
		http.Error(w, "bad filter", http.StatusBadRequest)
		return
	}
	t.c.UpdateMany(r.Context(), filter, bson.M{"$set": bson.M{"open": false}}) // ! high nosql-injection
}

// --- a query that is written as text, of the program itself
package main

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func open(c *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var filter bson.D
		if err := bson.UnmarshalExtJSON([]byte(`{"open": true}`), true, &filter); err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		filter = append(filter, bson.E{Key: "owner", Value: r.URL.Query().Get("owner")})
		c.Find(r.Context(), filter)
	}
}

// --- a search text is a pattern of the database
package people

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
)

func Search(people *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		by := bson.M{"email": bson.M{"$regex": r.URL.Query().Get("q")}}
		people.Find(r.Context(), by) // ! medium query-pattern
		people.CountDocuments(r.Context(), bson.M{"name": primitive.Regex{Pattern: r.URL.Query().Get("q"), Options: "i"}}) // ! medium query-pattern
	}
}

// --- it is quoted
package people

import (
	"net/http"
	"regexp"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func Search(people *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		people.Find(r.Context(), bson.M{"email": bson.M{"$regex": "^" + regexp.QuoteMeta(r.URL.Query().Get("q"))}})
	}
}

// --- statements of other databases
package people

import (
	"fmt"
	"net/http"

	"github.com/gocql/gocql"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

func Find(driver neo4j.DriverWithContext, s *gocql.Session) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		graph := driver.NewSession(r.Context(), neo4j.SessionConfig{})
		graph.Run(r.Context(), fmt.Sprintf("MATCH (p:Person {name: '%s'}) RETURN p", r.URL.Query().Get("name")), nil) // ! critical sql-injection
		s.Query("SELECT name FROM people WHERE id = '" + r.PathValue("id") + "'") // ! critical sql-injection
	}
}

// --- their values are bound
package people

import (
	"net/http"

	"github.com/gocql/gocql"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

func Find(driver neo4j.DriverWithContext, s *gocql.Session) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		neo4j.ExecuteQuery(r.Context(), driver, "MATCH (p:Person {name: $name}) RETURN p", map[string]any{"name": r.URL.Query().Get("name")}, neo4j.EagerResultTransformer)
		s.Query("SELECT name FROM people WHERE id = ?", r.PathValue("id"))
	}
}

// --- code for the database in a list of pairs
package main

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func where(users *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		users.CountDocuments(r.Context(), bson.D{{"$where", "this.name == '" + r.FormValue("name") + "'"}}) // ! high database-script-injection
		users.CountDocuments(r.Context(), bson.D{{Key: "$where", Value: "this.name == '" + r.FormValue("name") + "'"}}) // ! high database-script-injection
		users.CountDocuments(r.Context(), bson.D{{"name", r.FormValue("name")}})
	}
}

// --- a field of a filter that was sent is set, and all others are still what was sent
package handlers

import (
	"encoding/json"
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func count(c *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var filter bson.M
		if err := json.NewDecoder(r.Body).Decode(&filter); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		filter["public"] = true
		n, err := c.CountDocuments(r.Context(), filter) // ! medium nosql-injection
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(n)
	}
}
