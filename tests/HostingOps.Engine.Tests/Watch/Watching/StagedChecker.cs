using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Checking;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>Checks that end as a test says, and when it says.</summary>
internal sealed class StagedChecker(TimeProvider time) : ITargetChecker
{
    private readonly TimeProvider clock = time;
    private readonly StagedPauses pauses = new(time);
    private readonly ConcurrentDictionary<string, int> each = new();
    private int underWay;
    private int ended;

    /// <summary>What each host does to a check; answers unless a test says otherwise.</summary>
    public Func<WatchTarget, ProbeTrace, CancellationToken, Task<SiteHealth>>? Stage { get; set; }

    /// <summary>Every check that began.</summary>
    public ConcurrentQueue<(string Site, string Host, DateTimeOffset At, bool Routine)> Begun { get; } = new();

    /// <summary>The most checks that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The most checks of one target that were under way at once.</summary>
    public ConcurrentDictionary<string, int> MostFor { get; } = new();

    public TimeProvider Clock => clock;

    /// <summary>How the stages wait.</summary>
    public StagedPauses Pauses => pauses;

    /// <summary>How many checks have ended.</summary>
    public int Ended => Volatile.Read(ref ended);

    public ITargetCheck For(WatchTarget target) => new Check(this, target);

    public void Dispose()
    {
    }

    public SiteHealth Health(WatchTarget target, SiteStatus status, bool silent = false) => new()
    {
        SiteName = target.Site.Name,
        HostName = target.Host.Name,
        Target = HealthTarget.Primary,
        Status = status,
        Reason = $"It was staged as {status}.",
        IsHostSilent = silent,
        CheckedAt = clock.GetUtcNow(),
    };

    /// <summary>A host that takes no connection until the check is cut off or its time is up.</summary>
    public async Task<SiteHealth> SilenceAsync(WatchTarget target, ProbeTrace trace, CancellationToken cancellationToken)
    {
        trace.Knock();
        await pauses.WaitAsync(target.Site.Check.Timeout, cancellationToken);
        return Health(target, SiteStatus.Down, silent: true);
    }

    private sealed class Check(StagedChecker owner, WatchTarget target) : ITargetCheck
    {
        public async Task<SiteHealth> RunAsync(bool routine, ProbeTrace trace, CancellationToken cancellationToken)
        {
            owner.Begun.Enqueue((target.Site.Name, target.Host.Name, owner.clock.GetUtcNow(), routine));
            var now = Interlocked.Increment(ref owner.underWay);
            owner.MostAtOnce = Math.Max(owner.MostAtOnce, now);
            var key = $"{target.Site.Name}/{target.Host.Name}";
            var own = owner.each.AddOrUpdate(key, 1, static (_, count) => count + 1);
            owner.MostFor.AddOrUpdate(key, own, (_, most) => Math.Max(most, own));
            try
            {
                return owner.Stage is { } stage
                    ? await stage(target, trace, cancellationToken)
                    : owner.Health(target, SiteStatus.Healthy);
            }
            finally
            {
                owner.each.AddOrUpdate(key, 0, static (_, count) => count - 1);
                Interlocked.Decrement(ref owner.underWay);
                Interlocked.Increment(ref owner.ended);
            }
        }

        public void Dispose()
        {
        }
    }
}
