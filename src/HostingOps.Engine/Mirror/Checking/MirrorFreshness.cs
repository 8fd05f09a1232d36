using System.Globalization;

namespace HostingOps.Engine.Mirror.Checking;

/// <summary>Whether what a secondary host serves may stand in for the site: fresh and whole, by its own word. Pure. Unknown never acts.</summary>
internal static class MirrorFreshness
{
    /// <summary>Clocks of two machines may be apart by so much.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Whether the gate is asked at all: the site has a mirror, and would be moved to the host that serves it.</summary>
    public static bool IsAsked(HostedSite site, SiteHost? to) => site.Mirror is not null && to?.Name == site.Secondary.Name;

    /// <summary>The gate's answer.</summary>
    public static FailoverGate Gate(HostedSite site, SiteHost? to, MirrorSighting? seen, DateTimeOffset now)
    {
        if (!IsAsked(site, to))
        {
            return new(
                GateName.MirrorFresh,
                GateOutcome.Passed,
                site.Mirror is null ? "The site has no mirror in the inventory." : to is null ? "It is not known where to." : $"{to.Name} serves the site itself, not its mirror.");
        }

        var (status, reason) = Judge(site, seen, now);
        return new(
            GateName.MirrorFresh,
            status switch
            {
                SiteMirrorStatus.Good => GateOutcome.Passed,
                SiteMirrorStatus.Unknown => GateOutcome.Unknown,
                _ => GateOutcome.Refused,
            },
            reason);
    }

    /// <summary>The verdict, with its reason as a sentence.</summary>
    public static (SiteMirrorStatus Status, string Reason) Judge(HostedSite site, MirrorSighting? seen, DateTimeOffset now)
    {
        if (seen is null)
        {
            return (SiteMirrorStatus.Unknown, $"{site.Secondary.Name} was not asked for its mirror.");
        }

        var host = $"{seen.Host} ({seen.Address ?? "no address"})";
        if (seen.Health is not { } health)
        {
            return (SiteMirrorStatus.Unknown, $"{host} does not say how fresh its mirror is: {seen.Failure?.TrimEnd('.') ?? "no answer"}.");
        }

        var maxAge = (site.Mirror ?? MirrorSettings.Default).MaxAge;
        var age = now - health.StartedAt;
        if (!string.Equals(health.Site, site.Name, StringComparison.Ordinal))
        {
            return (SiteMirrorStatus.Different, $"{host} serves the mirror of '{Short(health.Site)}'.");
        }

        if (age < -ClockSkew)
        {
            return (SiteMirrorStatus.Unknown, $"{host} serves a mirror that begins {Text(-age)} from now: the clock of one of the two machines is wrong.");
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{host} serves {Short(health.Generation)} of {Text(age)} ago with {health.Pages} page{(health.Pages == 1 ? "" : "s")}");
        return health switch
        {
            { IsWhole: false } => (SiteMirrorStatus.Incomplete, $"{what}, which is not whole."),
            { Pages: < 1 } => (SiteMirrorStatus.Incomplete, $"{what}."),
            _ when age > maxAge => (SiteMirrorStatus.Stale, $"{what}; {Text(maxAge)} are allowed."),
            _ => (SiteMirrorStatus.Good, $"{what}, whole; {Text(maxAge)} are allowed."),
        };
    }

    /// <summary>An age in words.</summary>
    public static string Text(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Floor(span.TotalSeconds))} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
    };

    // Somebody else's words: kept to one short line.
    private static string Short(string text)
    {
        var line = string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character));
        return line.Length <= 64 ? line : line[..64] + "…";
    }
}
