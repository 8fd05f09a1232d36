namespace HostingOps;

/// <summary>What a generation of a mirror is on the machine that saves it.</summary>
public enum SiteMirrorState : long
{
    /// <summary>There is no mirror of the site on this machine.</summary>
    None,

    /// <summary>The one that is carried to the secondary host.</summary>
    Current,

    /// <summary>Kept from before.</summary>
    Older,

    /// <summary>The last run: it lost something and did not become current. Nothing of it is kept but this.</summary>
    Refused,

    /// <summary>A run that is under way, or was cut off and is gone on with by the next one.</summary>
    Unfinished,
}
