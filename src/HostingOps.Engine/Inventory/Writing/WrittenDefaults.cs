using System.Globalization;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>
/// The values that a written inventory states once under <c>defaults</c>: for each setting the one that most sites have.
/// A setting that a site can have switched off becomes a default only when all sites have it, because a site cannot take it back.
/// </summary>
internal sealed class WrittenDefaults
{
    private static readonly IReadOnlyList<(string Key, string? Value)> BuiltInCheck = CheckText.Of(new HealthCheckPolicy());
    private static readonly IReadOnlyList<(string Key, string? Value)> BuiltInPolicy = PolicyOf(new SitePolicy());

    public WrittenDefaults(IReadOnlyList<HostedSite> sites)
    {
        Ttl = sites.Count == 0 ? 60 : MostCommon(sites.Select(static site => site.Ttl));
        Check = Choose(sites.Select(static site => CheckText.Of(site.Check)).ToList(), BuiltInCheck);
        Mirror = sites.Select(static site => MirrorText.Of(site.Mirror)).Distinct().Take(2).ToArray() is [{ } shared] ? shared : null;
        Policy = Choose(sites.Select(static site => PolicyOf(site.Policy)).ToList(), BuiltInPolicy);
    }

    public int Ttl { get; }

    /// <summary>The value of <c>mirror</c> when all sites have the same one, else null.</summary>
    public string? Mirror { get; }

    public IReadOnlyList<(string Key, string? Value)> Check { get; }

    public IReadOnlyList<(string Key, string? Value)> Policy { get; }

    /// <summary>The check settings to write under <c>defaults</c>.</summary>
    public IEnumerable<(string Key, string Value)> CheckEntries => Difference(Check, BuiltInCheck);

    /// <summary>The policy settings to write under <c>defaults</c>.</summary>
    public IEnumerable<(string Key, string Value)> PolicyEntries => Difference(Policy, BuiltInPolicy);

    public static IReadOnlyList<(string Key, string? Value)> PolicyOf(SitePolicy policy) =>
    [
        ("automatic", policy.Automatic ? "true" : "false"),
        ("automaticAfter", DurationText.Format(policy.AutomaticAfter)),
        ("cooldown", DurationText.Format(policy.Cooldown)),
        ("failback", policy.Failback is null ? null : DurationText.Format(policy.Failback.Value)),
    ];

    /// <summary>The settings of <paramref name="own"/> that <paramref name="inherited"/> does not give already.</summary>
    public static IEnumerable<(string Key, string Value)> Difference(
        IReadOnlyList<(string Key, string? Value)> own, IReadOnlyList<(string Key, string? Value)> inherited) =>
        own.Zip(inherited)
            .Where(static pair => pair.First.Value is not null && pair.First.Value != pair.Second.Value)
            .Select(static pair => (pair.First.Key, pair.First.Value!));

    private static List<(string Key, string? Value)> Choose(
        List<IReadOnlyList<(string Key, string? Value)>> all, IReadOnlyList<(string Key, string? Value)> builtIn) =>
        builtIn.Select((setting, index) =>
        {
            var values = all.Select(own => own[index].Value).ToList();
            return values.Count == 0 || (values.Contains(null) && values.Exists(static value => value is not null))
                ? setting
                : (setting.Key, MostCommon(values));
        }).ToList();

    // The first of equals, so that the same inventory is always written the same way.
    private static T MostCommon<T>(IEnumerable<T> values) =>
        values.GroupBy(static value => value).MaxBy(static group => group.Count())!.Key;
}
