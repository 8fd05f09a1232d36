using System.Globalization;
using System.Xml.Linq;

namespace HostingOps.Sandbox.Route53;

/// <summary>A resource record set with every field that the API takes. Immutable.</summary>
internal sealed class RecordSet
{
    /// <summary>The elements that make a record set something other than simple, in the API's order.</summary>
    public static IReadOnlyList<string> RoutingFields { get; } =
        ["Weight", "Region", "GeoLocation", "Failover", "MultiValueAnswer", "CidrRoutingConfig", "GeoProximityLocation"];

    /// <summary>The name.</summary>
    public required RecordName Name { get; init; }

    /// <summary>The type, for example <c>CNAME</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Tells record sets of one name and type apart, or null for a simple one.</summary>
    public string? SetIdentifier { get; init; }

    /// <summary>TTL in seconds, or null for an alias.</summary>
    public long? Ttl { get; init; }

    /// <summary>The values as sent; empty for an alias.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The alias target, or null.</summary>
    public AliasTarget? Alias { get; init; }

    /// <summary>The routing fields as sent, by element name, without namespace.</summary>
    public IReadOnlyDictionary<string, XElement> Routing { get; init; } = new Dictionary<string, XElement>();

    /// <summary>The health check, or null.</summary>
    public string? HealthCheckId { get; init; }

    /// <summary>The traffic policy instance, or null.</summary>
    public string? TrafficPolicyInstanceId { get; init; }

    /// <summary>The one routing policy, or null for a simple record set.</summary>
    public string? RoutingPolicy => RoutingFields.FirstOrDefault(Routing.ContainsKey);

    /// <summary>How messages name the record set.</summary>
    public string Label => SetIdentifier is null
        ? $"[name='{Name}', type='{Type}']"
        : $"[name='{Name}', type='{Type}', set-identifier='{SetIdentifier}']";

    /// <summary>The value of a routing field that is plain text, or null.</summary>
    public string? RoutingValue(string field) => Routing.GetValueOrDefault(field)?.Value;

    /// <summary>Whether all fields are the same; values are compared as a set. What DELETE asks for.</summary>
    public bool Matches(RecordSet other) =>
        Name.Equals(other.Name) && Type == other.Type && SetIdentifier == other.SetIdentifier
        && Ttl == other.Ttl && Alias == other.Alias && HealthCheckId == other.HealthCheckId
        && TrafficPolicyInstanceId == other.TrafficPolicyInstanceId
        && Values.Order(StringComparer.Ordinal).SequenceEqual(other.Values.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        && Routing.Count == other.Routing.Count
        && Routing.All(field => other.Routing.TryGetValue(field.Key, out var element) && XNode.DeepEquals(field.Value, element));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Ttl} {Type} {string.Join(" ", Values)}");
}
