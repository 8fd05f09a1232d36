namespace HostingOps.Engine.State;

/// <summary>The steps of operations on the apex. A move has Plan, Move, Verify and Finish; a recovery has all.</summary>
internal enum ApexStep
{
    /// <summary>The plan is written down.</summary>
    Plan,

    /// <summary>A new instance is launched.</summary>
    Launch,

    /// <summary>It boots until it serves.</summary>
    Boot,

    /// <summary>Its configuration, too large for user data, is published to it.</summary>
    Publish,

    /// <summary>Its redirects are tested by its own address.</summary>
    Test,

    /// <summary>The Elastic IP is associated with it.</summary>
    Move,

    /// <summary>The Elastic IP is asked.</summary>
    Verify,

    /// <summary>The former instance is terminated.</summary>
    Retire,

    /// <summary>The outcome is written down.</summary>
    Finish,
}
