using System.Net;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Inventory.Yaml;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>apex</c>.</summary>
internal sealed class ApexReader(FindingCollector findings)
{
    // Two years are what browsers' own lists ask for.
    private static readonly TimeSpan LongestHsts = TimeSpan.FromDays(730);

    private readonly CommandReader commands = new(findings);

    /// <summary>Reads it.</summary>
    /// <param name="source">The mapping.</param>
    /// <param name="rehearsal">Whether the inventory's AWS is on this machine.</param>
    public ApexSettings? Read(YamlMap source, bool rehearsal)
    {
        var map = new MapReader(source, InventoryKeys.Apex, "apex", findings);
        map.Require(source, "elasticIp");
        var address = Address(map, "elasticIp", "an IPv4 address", AddressSyntax.ReadIPv4);
        var settings = new ApexSettings { ElasticIp = address ?? "" };
        settings = settings with
        {
            ElasticIpV6 = Address(map, "elasticIpV6", "an IPv6 address", AddressSyntax.ReadIPv6),
            Ssh = Ssh(map),
            ConfigPath = Folder(map, "configPath", "the full path of a file", "/etc/nginx/conf.d/hostingops-apex.conf", ServerPath.ProblemOf) ?? settings.ConfigPath,
            Reload = commands.Read(map, "reload") ?? settings.Reload,
            Test = commands.Read(map, "test") ?? settings.Test,
            Instance = map.Mapping("instance") is { } instance ? new ApexInstanceReader(findings).Read(instance) : settings.Instance,
            Redirect = map.Mapping("redirect") is { } redirect ? Redirect(redirect) : settings.Redirect,
            ConnectTo = ConnectTo(map, rehearsal),
        };
        return address is null ? null : settings;
    }

    private ApexRedirectSettings Redirect(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.ApexRedirect, "apex.redirect", findings);
        var builtIn = ApexRedirectSettings.Default;
        var settings = new ApexRedirectSettings
        {
            Certificates = Folder(map, "certificates", "the full path of a folder", builtIn.Certificates, ServerPath.ProblemOfPattern) ?? builtIn.Certificates,
            AcmeRoot = Folder(map, "acmeRoot", "the full path of a folder", builtIn.AcmeRoot, ServerPath.ProblemOf) ?? builtIn.AcmeRoot,
            Hsts = map.Duration("hsts", TimeSpan.Zero, LongestHsts) ?? builtIn.Hsts,
            HstsIncludeSubDomains = map.Flag("hstsIncludeSubDomains") ?? builtIn.HstsIncludeSubDomains,
            AccessLog = map.Flag("accessLog") ?? builtIn.AccessLog,
            Ipv6 = map.Flag("ipv6") ?? builtIn.Ipv6,
            Status = Status(map) ?? builtIn.Status,
            WwwAliases = map.Flag("wwwAliases") ?? builtIn.WwwAliases,
        };
        if (settings.Hsts.Milliseconds != 0)
        {
            findings.Add(InventoryRules.OutOfRange, map.At("hsts"), "'hsts' is no whole number of seconds, in which browsers are told it.", "Write, for example, 365d.");
        }

        if (settings is { HstsIncludeSubDomains: true, Hsts.Ticks: 0 })
        {
            findings.Add(InventoryRules.RedirectWithoutEffect, map.At("hstsIncludeSubDomains"), "'hstsIncludeSubDomains' is true and 'hsts' is 0s: browsers are told nothing.");
        }

        return settings;
    }

    private Dictionary<string, string> ConnectTo(MapReader map, bool rehearsal)
    {
        var ways = new Dictionary<string, string>(StringComparer.Ordinal);
        var local = false;
        foreach (var (key, value) in map.Mapping("connectTo")?.Entries ?? [])
        {
            if (Endpoint(key) is not { } from || value is not YamlScalar target || Endpoint(target) is not { } to)
            {
                findings.Add(
                    InventoryRules.BadEndpoint,
                    Endpoint(key) is null ? key : value,
                    $"'connectTo' of apex leads {key.Description} to {value.Description}; address:port to address:port was expected.",
                    "Write, for example, connectTo: { \"198.51.100.99:80\": \"127.0.0.1:8080\" }.");
                continue;
            }

            if (!ways.TryAdd(from.ToString(), to.ToString()))
            {
                findings.Add(InventoryRules.DuplicateKey, key, $"'connectTo' of apex leads {from} somewhere twice.");
            }

            if (from.Port is not (22 or 80 or 443) || from.Equals(to))
            {
                findings.Add(
                    InventoryRules.RouteWithoutEffect,
                    key,
                    from.Equals(to) ? $"'connectTo' of apex leads {from} to itself." : $"'connectTo' of apex leads {from} to {to}; redirectors are asked at ports 22, 80 and 443.",
                    from.Equals(to) ? "Remove it." : null);
            }

            if (!local && !rehearsal && IPAddress.IsLoopback(to.Address))
            {
                local = true;
                findings.Add(
                    InventoryRules.RouteToThisMachine,
                    value,
                    $"'connectTo' of apex leads {from} to this machine, but AWS is not there: tests and proofs ask {to}, and visitors come to {from.Address}.");
            }
        }

        return ways;
    }

    private static IPEndPoint? Endpoint(YamlScalar text) =>
        !text.IsNull && AddressSyntax.IsEndpoint(text.Text, allowName: false, portOptional: false) ? IPEndPoint.Parse(text.Text) : null;

    private string? Address(MapReader map, string key, string expected, Func<string, IPAddress?> read)
    {
        if (map.Text(key) is not { } text)
        {
            return null;
        }

        if (read(text) is { } address && AddressSyntax.Unusable(address) is null)
        {
            return address.ToString();
        }

        findings.Add(InventoryRules.BadAddress, map.At(key), $"'{key}' is {YamlScalar.Quote(text)}; {expected} was expected.");
        return null;
    }

    private SshDestination? Ssh(MapReader map)
    {
        if (map.Text("ssh") is not { } text)
        {
            return null;
        }

        if (SshDestination.TryParse(text, out var destination))
        {
            return destination;
        }

        findings.Add(
            InventoryRules.BadText,
            map.At("ssh"),
            $"'ssh' of apex is {YamlScalar.Quote(text)}; a destination such as admin@198.51.100.99, without spaces and options, was expected.",
            "Write user@host or user@host:port; keys and options belong into ~/.ssh/config.");
        return null;
    }

    private string? Folder(MapReader map, string key, string expected, string example, Func<string, string?> judge)
    {
        if (map.Text(key) is not { } text)
        {
            return null;
        }

        var path = text.Length > 1 && text[^1] == '/' && key != "configPath" ? text[..^1] : text;
        if (judge(path) is not { } problem)
        {
            return path;
        }

        findings.Add(
            InventoryRules.BadText,
            map.At(key),
            $"'{key}' is {YamlScalar.Quote(text)}, which {problem}; {expected} on the redirector was expected.",
            $"Write, for example, \"{example}\", of letters, digits and . _ - + @ = : , only.");
        return null;
    }

    private int? Status(MapReader map)
    {
        var status = map.Number("status", 301, 308);
        if (status is null or 301 or 302 or 307 or 308)
        {
            return status;
        }

        findings.Add(InventoryRules.OutOfRange, map.At("status"), FormattableString.Invariant($"'status' is {status}; 301, 302, 307 or 308 was expected."), "Write 301.");
        return null;
    }
}
