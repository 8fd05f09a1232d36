using HostingOps.Cmdlets.Pipeline;
using HostingOps.Testing;

namespace HostingOps.Cmdlets.Tests.Pipeline;

public sealed class PowerShellReporterTests
{
    private readonly ManualTimeProvider time = new();
    private readonly EmissionQueue queue = new(16);

    [Fact]
    public void A_warning_is_given_once_per_cause()
    {
        var reporter = new PowerShellReporter(queue, time);

        reporter.Warning("The endpoint is slow.");
        reporter.Warning("The endpoint is slow.");
        reporter.Warning("The disk is full.");

        Assert.Equal(["warning The endpoint is slow.", "warning The disk is full."], Delivered());
    }

    [Fact]
    public void Progress_comes_ten_times_a_second_at_most_but_its_end_always()
    {
        var reporter = new PowerShellReporter(queue, time);

        reporter.Progress(At(1));
        reporter.Progress(At(2));
        time.Advance(TimeSpan.FromMilliseconds(100));
        reporter.Progress(At(3));
        reporter.Progress(At(4) with { Completed = true });

        Assert.Equal(["progress Probing 25", "progress Probing 75", "progress Probing 100"], Delivered());
    }

    [Fact]
    public void Two_activities_do_not_hide_each_other()
    {
        var reporter = new PowerShellReporter(queue, time);

        reporter.Progress(At(1));
        reporter.Progress(At(2) with { Activity = "Waiting" });

        Assert.Equal(["progress Probing 25", "progress Waiting 50"], Delivered());
    }

    [Fact]
    public void While_nothing_comes_the_time_left_runs_down()
    {
        var reporter = new PowerShellReporter(queue, time);
        reporter.Progress(At(1) with { Remaining = TimeSpan.FromSeconds(10) });
        reporter.Progress(At(2) with { Activity = "Waiting" });
        reporter.Progress(At(2) with { Activity = "Waiting", Completed = true });

        time.Advance(TimeSpan.FromSeconds(4));
        var seen = new List<TimeSpan?>();
        foreach (var emission in reporter.Open())
        {
            emission.Deliver(new RecordingSink { OnProgress = progress => seen.Add(progress.Remaining) });
        }

        Assert.Equal([TimeSpan.FromSeconds(6)], seen);
    }

    private static OperationProgress At(int done) => new() { Activity = "Probing", Done = done, Total = 4 };

    private List<string> Delivered()
    {
        var sink = new RecordingSink();
        queue.Complete();
        List<Emission> batch = [];
        while (queue.TakeAll(ref batch, CancellationToken.None))
        {
            batch.ForEach(emission => emission.Deliver(sink));
            batch.Clear();
        }

        return sink.Seen;
    }
}
