using System.Globalization;
using HostingOps.Engine.Apex.Redirects;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>Sites and their redirects, as these tests need them.</summary>
internal static class ApexSites
{
    public static HostedSite Site(string name, string domain, params string[] aliases) =>
        TestSites.Site(name) with { Domain = domain, Aliases = aliases };

    public static ApexRedirectTable Table(params HostedSite[] sites) => ApexRedirectTable.Create(sites, wwwAliases: false);

    public static ApexRedirectTable Acme() => Table(Site("acme", "acme-legal.example", "acmelaw.example"), Site("bakery", "bakery.example"));

    /// <summary>So many sites, every twentieth with an alias, and every thousandth with a name as long as names may be.</summary>
    public static IReadOnlyList<HostedSite> Many(int count) => Enumerable.Range(0, count).Select(static number =>
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var domain = number % 1000 == 999
            ? $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{text.PadLeft(48, 'd')}.example"
            : number % 100 == 42 ? $"xn--bcher-kva.client-{text}.example" : $"client-{text}.example";
        return Site("site" + text, domain, number % 20 == 7 ? [$"alias-of-{text}.example"] : []);
    }).ToList();
}
