using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>What a loop needs to know.</summary>
internal sealed record WatchLoopSettings
{
    /// <summary>Checks under way at once, at most.</summary>
    public required int Places { get; init; }

    /// <summary>Whether it ends after one round.</summary>
    public bool Once { get; init; }

    /// <summary>How long a single round goes on confirming, at most.</summary>
    public TimeSpan RoundLimit { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Who is told.</summary>
    public IReadOnlyList<IWatchListener> Listeners { get; init; } = [];

    /// <summary>Is told what goes wrong in the loop itself.</summary>
    public IOperationReporter Reporter { get; init; } = SilentReporter.Instance;

    /// <summary>Spreads the checks over their intervals.</summary>
    public required Random Random { get; init; }

    /// <summary>Pause or maintenance of a target at a time. Called for each check; must not wait.</summary>
    public Func<WatchTarget, DateTimeOffset, Circumstance> CircumstanceOf { get; init; } = static (_, _) => Circumstance.None;

    /// <summary>Asks the known-good addresses.</summary>
    public required Func<CancellationToken, Task<ObserverSanity>> AskObserverAsync { get; init; }
}
