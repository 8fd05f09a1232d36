namespace HostingOps;

/// <summary>Why a zone is changed.</summary>
public enum ZoneChangeKind : long
{
    /// <summary>Its records are made what the inventory says.</summary>
    Sync,

    /// <summary>Its records are made what a file says.</summary>
    Import,

    /// <summary>An earlier change is taken back.</summary>
    Undo,
}
