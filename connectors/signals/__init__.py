"""What happens around a store beside its sales: weather, people passing, local events and public holidays."""
