namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>What happens in a watcher's run.</summary>
internal enum HappeningKind
{
    /// <summary>A routine check is due.</summary>
    Routine,

    /// <summary>A routine check is due which is known to be odd.</summary>
    Odd,

    /// <summary>A confirming check is due, or one that was asked for.</summary>
    Confirm,

    /// <summary>A check that was asked for and is known to be odd.</summary>
    OddConfirm,

    /// <summary>A check is known to be evidence.</summary>
    Observed,

    /// <summary>The observer's answer is due, or it has to be asked.</summary>
    Observer,

    /// <summary>A site that is Down is planned.</summary>
    Plan,

    /// <summary>A plan has come to its switch.</summary>
    Switch,

    /// <summary>A site that was switched is back.</summary>
    Back,
}
