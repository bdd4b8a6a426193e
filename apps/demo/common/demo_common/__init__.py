"""What the demo app's images share: logs, metrics and traces by the contract in components/demo-app/contract.ts."""
