namespace HostingOps.Engine.Failover;

/// <summary>
/// Collects what went wrong with sites in one step, and says it in one line for each cause: five thousand sites behind one
/// dead server need one line, not five thousand. Safe for use from several threads.
/// </summary>
internal sealed class SiteWarnings(IOperationReporter reporter)
{
    private const int MostNames = 5;

    // Of one kind of error, say a hook that names its site, no more than these are told in full.
    private const int MostCauses = 3;

    private readonly object gate = new();
    private readonly List<(string ErrorId, string Site, string Message)> warnings = [];

    /// <summary>Keeps a site's warning until <see cref="Tell"/>.</summary>
    public void Add(string errorId, string siteName, string message)
    {
        lock (gate)
        {
            warnings.Add((errorId, siteName, message));
        }
    }

    /// <summary>Says what was collected.</summary>
    public void Tell()
    {
        lock (gate)
        {
            foreach (var kind in warnings.GroupBy(static warning => warning.ErrorId, StringComparer.Ordinal))
            {
                var causes = kind.GroupBy(static warning => warning.Message, StringComparer.Ordinal).ToList();
                foreach (var cause in causes.Take(MostCauses))
                {
                    reporter.Warning($"{Named([.. cause.Select(static warning => warning.Site)])}: {cause.Key}");
                }

                if (causes.Count > MostCauses)
                {
                    var others = causes.Skip(MostCauses).SelectMany(static cause => cause.Select(static warning => warning.Site)).ToArray();
                    reporter.Warning($"{Named(others)}: the same kind of trouble ({kind.Key}); each result's Warnings says which.");
                }
            }

            warnings.Clear();
        }
    }

    private static string Named(IReadOnlyList<string> sites) => sites.Count == 1
        ? sites[0]
        : FormattableString.Invariant($"{sites.Count} sites ({string.Join(", ", sites.Take(MostNames))}{(sites.Count > MostNames ? ", …" : "")})");
}
