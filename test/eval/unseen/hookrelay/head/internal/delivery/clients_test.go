package delivery

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/google/uuid"

	"example.com/hookrelay/internal/endpoints"
)

func newPair(t *testing.T) *endpoints.ClientPair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return &endpoints.ClientPair{
		Certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		Key:         pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}),
	}
}

func TestClientIsKeptUntilThePairChanges(t *testing.T) {
	c := newClients()
	ep := endpoints.Endpoint{ID: uuid.New(), Client: newPair(t)}
	first, err := c.get(ep)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := c.get(ep); again != first {
		t.Error("client was made anew")
	}
	ep.Client = newPair(t)
	if other, _ := c.get(ep); other == first {
		t.Error("old client was kept")
	}
}

func TestClientsAreBounded(t *testing.T) {
	c := newClients()
	pair := newPair(t)
	for range maxClients + 5 {
		if _, err := c.get(endpoints.Endpoint{ID: uuid.New(), Client: pair}); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.byID) != maxClients {
		t.Errorf("%d clients", len(c.byID))
	}
}
