using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Dns.Changes;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>How plans of zone changes and their results are told in a pipeline.</summary>
internal static class ZoneChangeOutput
{
    // More would bury what matters.
    private const int MostWarnings = 5;

    /// <summary>Writes each result as it comes, and an error behind each that is none to be content with.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<DnsRecordChangeResult> results, PipelineWork work)
    {
        await foreach (var result in results.ConfigureAwait(false))
        {
            await work.WriteAsync(result).ConfigureAwait(false);
            if (ZoneChangeErrors.From(result) is { } error)
            {
                await work.WriteErrorAsync(error).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Warns of what is left alone: of each, or in one line when there is much of it.</summary>
    /// <param name="notices">What is left alone.</param>
    /// <param name="command">The command whose plan says all of it.</param>
    /// <param name="reporter">Is warned.</param>
    public static void Warn(IReadOnlyList<ZoneNotice> notices, string command, IOperationReporter reporter)
    {
        if (notices.Count > MostWarnings)
        {
            reporter.Warning(FormattableString.Invariant(
                $"{notices.Count} records are left alone: {ZoneChangeText.Count(notices)}. ({command} -PlanOnly).Notices says why."));
        }

        foreach (var notice in notices)
        {
            Action<string> tell = notices.Count > MostWarnings ? reporter.Verbose : reporter.Warning;
            tell($"{notice.Kind} {notice.Record}: {notice.Message}");
        }
    }
}
