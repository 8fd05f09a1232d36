using System.Globalization;
using System.Management.Automation;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>The engine's progress as PowerShell's.</summary>
internal static class ProgressRecords
{
    public static ProgressRecord From(int id, OperationProgress progress) =>
        new(id, progress.Activity, StatusOf(progress))
        {
            PercentComplete = progress.PercentComplete,
            CurrentOperation = progress.CurrentItem ?? "",
            SecondsRemaining = progress.Remaining is { } left ? (int)Math.Ceiling(left.TotalSeconds) : -1,
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };

    // PowerShell 7's one-line bar shows the status and not the current operation, so the item stands in both.
    private static string StatusOf(OperationProgress progress)
    {
        var count = progress.Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total}")
            : null;
        return (count, progress.CurrentItem) switch
        {
            (not null, { Length: > 0 } item) => $"{count}: {item}",
            (not null, _) => count,
            (_, { Length: > 0 } item) => item,
            _ => "…",
        };
    }
}
