using System.Globalization;
using System.Net;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>hosts</c>. A host with findings is still known, so that its sites are not blamed for it.</summary>
internal sealed class HostReader(FindingCollector findings)
{
    private readonly Dictionary<string, (string Host, int Line)> addresses = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, SiteHost> Read(YamlMap source)
    {
        var hosts = new Dictionary<string, SiteHost>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in source.Entries)
        {
            if (!NameSyntax.Judge(key, "host", findings))
            {
                continue;
            }

            if (hosts.TryGetValue(key.Text, out var first))
            {
                findings.Add(InventoryRules.DuplicateName, key, $"The host '{key.Text}' differs from '{first.Name}' only in case.");
            }
            else
            {
                hosts.Add(key.Text, ReadHost(key, value));
            }
        }

        return hosts;
    }

    private SiteHost ReadHost(YamlScalar key, YamlValue value)
    {
        if (value is not YamlMap source)
        {
            findings.Add(
                InventoryRules.WrongType,
                key,
                $"Host '{key.Text}' is {value.Description}; a mapping was expected.",
                $"Write {key.Text}: {{ provider: linode, address: 198.51.100.7 }}.");
            return new SiteHost { Name = key.Text, Provider = "" };
        }

        var map = new MapReader(source, InventoryKeys.Host, $"host '{key.Text}'", findings);
        map.Require(key, "provider");
        var host = new SiteHost
        {
            Name = key.Text,
            Provider = map.Text("provider") ?? "",
            Address = Address(map, "address", wantV6: false),
            AddressV6 = Address(map, "addressV6", wantV6: true),
            Cname = Cname(map),
            Ssh = Ssh(map),
            ConnectTo = ConnectTo(map),
            HealthCheck = map.Scalar("healthCheck", "the id of a Route 53 health check") is { } check ? HealthCheckId.Read(check, findings) : null,
        };
        var hasAddress = map.Has("address") || map.Has("addressV6");
        if (hasAddress && map.Has("cname"))
        {
            findings.Add(InventoryRules.AddressAndCname, map.At("cname"), $"Host '{key.Text}' has both an address and a cname; one of them was expected.");
        }
        else if (!hasAddress && !map.Has("cname"))
        {
            findings.Add(InventoryRules.NoAddress, key, $"Host '{key.Text}' has no 'address', 'addressV6' or 'cname'.");
        }

        return host;
    }

    private string? Address(MapReader map, string key, bool wantV6)
    {
        if (map.Text(key) is not { } text)
        {
            return null;
        }

        var (expected, other) = wantV6 ? ("an IPv6 address", "address") : ("an IPv4 address", "addressV6");
        var address = wantV6 ? AddressSyntax.ReadIPv6(text) : AddressSyntax.ReadIPv4(text);
        if (address is null)
        {
            findings.Add(InventoryRules.BadAddress, map.At(key), $"'{key}' of {map.Owner} is {YamlScalar.Quote(text)}; {expected} was expected.", FixFor(text, wantV6, other));
            return null;
        }

        if (AddressSyntax.Unusable(address) is { } reason)
        {
            findings.Add(InventoryRules.BadAddress, map.At(key), $"'{key}' of {map.Owner}, '{text}', {reason}; the host's public address was expected.");
            return null;
        }

        if (AddressSyntax.NotPublic(address) is { } doubt)
        {
            findings.Add(InventoryRules.PrivateAddress, map.At(key), $"'{key}' of {map.Owner}, '{text}', {doubt}: visitors cannot reach it.");
        }

        var normal = address.ToString();
        if (!addresses.TryAdd(normal, (map.Owner, map.At(key).Line)))
        {
            var first = addresses[normal];
            findings.Add(
                InventoryRules.SharedAddress,
                map.At(key),
                FormattableString.Invariant($"'{key}' of {map.Owner} is also that of {first.Host} (line {first.Line})."));
        }

        return normal;
    }

    private static string? FixFor(string text, bool wantV6, string otherKey)
    {
        var otherFits = (wantV6 ? AddressSyntax.ReadIPv4(text) : AddressSyntax.ReadIPv6(text)) is not null;
        if (otherFits)
        {
            return $"Write it as '{otherKey}: {text}'.";
        }

        if (text is ['[', .., ']'])
        {
            return "Leave out the brackets.";
        }

        return !AddressSyntax.LooksLikeIPv4(text) && !IPAddress.TryParse(text, out _) && DomainSyntax.Read(text, out _, out _) is { } name
            ? $"Write it as 'cname: {name}'."
            : null;
    }

    private string? Cname(MapReader map)
    {
        if (map.Text("cname") is not { } text)
        {
            return null;
        }

        var name = (text.EndsWith('.') ? text[..^1] : text).ToLowerInvariant();
        var labels = name.Split('.');
        var problem = labels.Length < 2 ? "has no dot"
            : AddressSyntax.LooksLikeIPv4(name) ? "is an address"
            : name.Length > 253 ? "is longer than 253 characters"
            : DomainSyntax.ProblemOf(labels, allowUnderscore: true);
        if (problem is null)
        {
            return name;
        }

        findings.Add(
            InventoryRules.BadText,
            map.At("cname"),
            $"'cname' of {map.Owner}, {YamlScalar.Quote(text)}, {problem}; a host name was expected.",
            AddressSyntax.LooksLikeIPv4(name) ? $"Write it as 'address: {name}'." : "Write the name that the provider gave the server, for example 'web-7.provider.example'.");
        return null;
    }

    // ssh takes what begins with '-' as an option, which could run a program of its own.
    private string? Ssh(MapReader map)
    {
        if (map.Text("ssh") is not { } text)
        {
            return null;
        }

        if (text[0] != '-' && !text.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character)) && text.Count(static character => character == '@') <= 1 && text[^1] != '@')
        {
            return text;
        }

        findings.Add(
            InventoryRules.BadText,
            map.At("ssh"),
            $"'ssh' of {map.Owner} is {YamlScalar.Quote(text)}; a destination such as deploy@203.0.113.10, without spaces and options, was expected.",
            "Write user@host; ports, keys and options belong into ~/.ssh/config.");
        return null;
    }

    private Dictionary<int, string> ConnectTo(MapReader map)
    {
        var targets = new Dictionary<int, string>();
        foreach (var (key, value) in map.Mapping("connectTo")?.Entries ?? [])
        {
            if (!AddressSyntax.IsPort(key.Text) || value is not YamlScalar { IsNull: false } target || !AddressSyntax.IsEndpoint(target.Text, allowName: true, portOptional: false))
            {
                findings.Add(
                    InventoryRules.BadEndpoint,
                    AddressSyntax.IsPort(key.Text) ? value : key,
                    $"'connectTo' of {map.Owner} holds {key.Description} to {value.Description}; a port and an address:port were expected.",
                    "Write, for example, connectTo: { 443: \"127.0.0.1:8443\" }.");
                continue;
            }

            targets.Add(int.Parse(key.Text, NumberStyles.None, CultureInfo.InvariantCulture), target.Text);
        }

        return targets;
    }
}
