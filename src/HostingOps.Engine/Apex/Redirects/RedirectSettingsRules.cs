using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>The last look at settings before they become a configuration: those of a file were checked when it was read.</summary>
internal static class RedirectSettingsRules
{
    /// <exception cref="HostingException">ApexRedirectInvalid: a setting that cannot stand in a configuration.</exception>
    public static void Demand(ApexRedirectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Demand("certificates", ServerPath.ProblemOfPattern(settings.Certificates));
        Demand("acmeRoot", ServerPath.ProblemOf(settings.AcmeRoot));
        Demand("hsts", settings.Hsts < TimeSpan.Zero || settings.Hsts.Ticks % TimeSpan.TicksPerSecond != 0 ? "is no whole number of seconds" : null);
        Demand("status", settings.Status is 301 or 302 or 307 or 308 ? null : "is none of 301, 302, 307 and 308");
    }

    private static void Demand(string key, string? problem)
    {
        if (problem is not null)
        {
            throw new HostingException(
                ErrorIds.ApexRedirectInvalid,
                HostingErrorCategory.InvalidData,
                "apex.redirect." + key,
                $"The setting '{key}' under apex.redirect {problem}, so that it cannot stand in a configuration.",
                $"Correct '{key}' in the inventory.");
        }
    }
}
