namespace HostingOps.Agent.ExitCodes;

/// <summary>What <c>hostingops</c> tells its caller by its exit code. A number never changes its meaning.</summary>
internal enum ExitCode
{
    /// <summary>Done; every site is, or ended, where it should.</summary>
    Success = 0,

    /// <summary>An error that no other code names; the records of the sites it names were not changed.</summary>
    Error = 1,

    /// <summary>The command line can't be understood, or asks for something that can't be.</summary>
    Usage = 2,

    /// <summary>A checked site is down.</summary>
    Down = 3,

    /// <summary>A gate, or the person asked, said no; nothing was changed for that site.</summary>
    Refused = 4,

    /// <summary>Somebody else changed or holds the site; nothing was changed for it.</summary>
    Conflict = 5,

    /// <summary>Switched but not proven, or it is not known whether it was switched.</summary>
    NotProven = 6,

    /// <summary>No checked site is down, but of some it could not be told.</summary>
    Undetermined = 7,

    /// <summary>All is done and well, but the output could not be written to its end.</summary>
    Unprinted = 8,

    /// <summary>Stopped by Ctrl+C or a signal; the journal says how far it got.</summary>
    Interrupted = 130,
}
