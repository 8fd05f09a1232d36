namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>What a document refers to something for.</summary>
internal enum ReferenceUse
{
    /// <summary>A link that a visitor follows.</summary>
    Link,

    /// <summary>A part that the browser fetches by itself.</summary>
    Asset,

    /// <summary>The name under which something is known elsewhere (canonical, feeds, Open Graph): saved, but left absolute.</summary>
    Identity,

    /// <summary>As <see cref="Identity"/>, for a picture or the like.</summary>
    AssetIdentity,

    /// <summary>Where a form goes: made relative, never asked for.</summary>
    Action,
}
