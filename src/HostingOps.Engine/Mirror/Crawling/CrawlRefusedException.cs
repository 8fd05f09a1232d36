namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>A connection that the crawler will not make. Never leaves this folder.</summary>
internal sealed class CrawlRefusedException(string reason) : Exception(reason);
