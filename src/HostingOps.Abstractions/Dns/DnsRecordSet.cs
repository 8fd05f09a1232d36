namespace HostingOps;

/// <summary>
/// One Route 53 resource record set, kept whole so that it can be sent back verbatim: a DELETE must match the
/// stored set exactly.
/// </summary>
public sealed record DnsRecordSet
{
    /// <summary>Full name, lower case, octal escapes decoded, without trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>Record type: <c>A</c>, <c>AAAA</c>, <c>CNAME</c>, <c>TXT</c>, …</summary>
    public required string Type { get; init; }

    /// <summary>TTL in seconds; null for an alias.</summary>
    public long? Ttl { get; init; }

    /// <summary>The values exactly as stored. Compared as a set.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The alias target's DNS name, or null when this is not an alias.</summary>
    public string? AliasTarget { get; init; }

    /// <summary>Hosted zone id of the alias target, or null when this is not an alias.</summary>
    public string? AliasZoneId { get; init; }

    /// <summary>Whether an alias follows its target's health; null when this is not an alias.</summary>
    public bool? EvaluateTargetHealth { get; init; }

    /// <summary>SetIdentifier of a record with a routing policy, or null.</summary>
    public string? SetIdentifier { get; init; }

    /// <summary>How Route 53 chooses between the sets of this name and type, or null for a simple record.</summary>
    public DnsRoutingPolicy? Routing { get; init; }

    /// <summary>Route 53 health check, or null.</summary>
    public string? HealthCheckId { get; init; }

    /// <summary>Traffic policy instance that owns the record, or null.</summary>
    public string? TrafficPolicyInstanceId { get; init; }

    /// <summary>A simple record (no alias, routing policy, health check or traffic policy): the only kind that HostingOps switches.</summary>
    public bool IsSimple => AliasTarget is null && SetIdentifier is null && HealthCheckId is null && TrafficPolicyInstanceId is null;

    /// <summary>Whether both have the same alias target, routing policy and health check, or both none.</summary>
    public bool IsRoutedAs(DnsRecordSet other) =>
        string.Equals(AliasTarget?.TrimEnd('.'), other.AliasTarget?.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)
        && AliasZoneId == other.AliasZoneId
        && EvaluateTargetHealth == other.EvaluateTargetHealth
        && SetIdentifier == other.SetIdentifier
        && Routing == other.Routing
        && HealthCheckId == other.HealthCheckId
        && TrafficPolicyInstanceId == other.TrafficPolicyInstanceId;

    /// <inheritdoc/>
    public bool Equals(DnsRecordSet? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && Type == other.Type
        && Ttl == other.Ttl
        && IsRoutedAs(other)
        && ComparableValues().SetEquals(other.ComparableValues());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name.ToLowerInvariant(), Type, Ttl, SetIdentifier, Values.Count);

    /// <inheritdoc/>
    public override string ToString()
    {
        var what = AliasTarget is null
            ? FormattableString.Invariant($"{Type} {string.Join(", ", Values)} (TTL {Ttl})")
            : $"{Type} alias of {AliasTarget}";
        return SetIdentifier is null ? what : $"{what} '{SetIdentifier}'{(Routing is null ? "" : $" ({Routing})")}";
    }

    // A CNAME's target is a name: case and the trailing dot say nothing (RFC 1035 §2.3.3).
    private HashSet<string> ComparableValues() => Type == "CNAME"
        ? Values.Select(static value => value.TrimEnd('.').ToLowerInvariant()).ToHashSet(StringComparer.Ordinal)
        : Values.ToHashSet(StringComparer.Ordinal);
}
