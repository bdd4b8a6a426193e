//go:build tools

// The executable that build.ts compiles; imported so that go.mod and go.sum keep its modules.
package tools

import _ "github.com/open-policy-agent/gatekeeper/v3/cmd/gator"
