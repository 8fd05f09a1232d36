namespace HostingOps.Engine.State;

/// <summary>The steps of an operation on a zone's records.</summary>
internal enum ZoneStep
{
    /// <summary>The plan is written down.</summary>
    Plan,

    /// <summary>A request with some of the changes is sent.</summary>
    Write,

    /// <summary>The outcome is written down.</summary>
    Finish,
}
