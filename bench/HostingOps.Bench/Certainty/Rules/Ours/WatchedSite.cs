using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>What the watcher holds of a site's active host.</summary>
internal sealed class WatchedSite(int site, double phase, TargetVerdict verdict, DrawSequence draws)
{
    public int Site => site;

    /// <summary>The first routine check, s since the day began; the others follow at the interval.</summary>
    public double Phase => phase;

    public DrawSequence Draws => draws;

    public TargetVerdict Verdict { get; set; } = verdict;

    /// <summary>When the last check began.</summary>
    public double LastStart { get; set; } = double.NegativeInfinity;

    /// <summary>Since when a connection is kept.</summary>
    public double KeptSince { get; set; } = double.NegativeInfinity;

    /// <summary>Tells the planned check from those it replaced.</summary>
    public int Plan { get; set; }

    /// <summary>Until when a check waits for the answer of a host that lives; others wait for it.</summary>
    public double BusyUntil { get; set; } = double.NegativeInfinity;

    /// <summary>The failure that would make it Down, while it is not known whether the observer may be believed.</summary>
    public Observation? Held { get; set; }

    /// <summary>Whether its checks are skipped.</summary>
    public bool IsAsleep { get; set; }

    /// <summary>When the first check that was skipped would have begun.</summary>
    public double SleptFrom { get; set; }

    /// <summary>Whether a plan to switch it is being made.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>Plans of the present outage that led to no switch.</summary>
    public int Tries { get; set; }

    /// <summary>When it may be planned next.</summary>
    public double NotBefore { get; set; } = double.NegativeInfinity;

    /// <summary>What the newest check saw, before any doubt, and when it began.</summary>
    public (ObservationKind Kind, double Started) Latest { get; set; } = (ObservationKind.Answers, double.NegativeInfinity);
}
