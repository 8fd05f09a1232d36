namespace HostingOps.Engine.DynamicDns.Uplinks;

/// <summary>Tells people of a change of uplink.</summary>
internal interface IUplinkAlert
{
    /// <summary>Tells them.</summary>
    /// <returns>Whether anybody was told; null when nobody is to be told.</returns>
    Task<bool?> SendAsync(UplinkChange change, CancellationToken cancellationToken);
}
