// --- a stage of a pipeline
package orders

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func Search(orders *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		stages := bson.A{bson.M{"$match": bson.M{"title": bson.M{"$regex": r.FormValue("q")}}}, bson.M{"$limit": 20}}
		cursor, err := orders.Aggregate(r.Context(), stages) // ! medium query-pattern
		answer(w, cursor, err)
	}
}

// --- in a handler of gin, by a document of pairs
package orders

import (
	"github.com/gin-gonic/gin"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

type Orders struct{ col *mongo.Collection }

func (o *Orders) Search(c *gin.Context) {
	filter := bson.D{{Key: "title", Value: bson.D{{Key: "$regex", Value: "^" + c.Query("q")}}}} // ! medium query-pattern
	cursor, err := o.col.Find(c, filter)
	answer(c, cursor, err)
}

// --- what is changed is found by a pattern
package orders

import (
	"github.com/labstack/echo/v4"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func Close(tickets *mongo.Collection) echo.HandlerFunc {
	return func(c echo.Context) error {
		filter := bson.M{"code": bson.M{"$regex": c.Param("code")}}
		return tickets.FindOneAndUpdate(c.Request().Context(), filter, bson.M{"$set": bson.M{"open": false}}).Err() // ! medium query-pattern
	}
}

// --- an escaped text
package orders

import (
	"net/http"
	"regexp"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func Search(orders *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		start := "^" + regexp.QuoteMeta(r.FormValue("q"))
		cursor, err := orders.Aggregate(r.Context(), bson.A{bson.M{"$match": bson.M{"title": bson.M{"$regex": start}}}})
		answer(w, cursor, err)
	}
}

// --- a text index
package orders

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func Search(orders *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		cursor, err := orders.Find(r.Context(), bson.M{"$text": bson.M{"$search": r.FormValue("q")}})
		answer(w, cursor, err)
	}
}

// --- a number in a pattern
package orders

import (
	"fmt"
	"net/http"
	"strconv"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func OfYear(orders *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		year, err := strconv.Atoi(r.PathValue("year"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		n, err := orders.CountDocuments(r.Context(), bson.M{"number": bson.M{"$regex": fmt.Sprintf("^%d-", year)}})
		answer(w, n, err)
	}
}

// --- a pattern of the program, beside a value that is compared
package orders

import (
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
)

func Articles(orders *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		filter := bson.M{"sku": primitive.Regex{Pattern: "^A-"}, "shop": r.FormValue("shop")}
		cursor, err := orders.Find(r.Context(), filter)
		answer(w, cursor, err)
	}
}
