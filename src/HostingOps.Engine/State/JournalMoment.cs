namespace HostingOps.Engine.State;

/// <summary>Which moment of a step an entry records.</summary>
internal enum JournalMoment
{
    /// <summary>Written before the step touches the world.</summary>
    Started,

    /// <summary>The step did what it should.</summary>
    Done,

    /// <summary>The step did not do what it should.</summary>
    Failed,

    /// <summary>The step was not needed.</summary>
    Skipped,
}
