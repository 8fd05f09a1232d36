namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Why something is not asked for.</summary>
internal static class SkipReasons
{
    public const string Robots = "robots.txt forbids it";
    public const string Excluded = "the inventory excludes it";
    public const string Action = "it would do something, such as log out or delete";
    public const string Calendar = "a calendar without end";
    public const string Facets = "one more choice of the same filters";
    public const string Repeating = "its path repeats itself";
    public const string SamePage = "the same page under ever new URLs";
    public const string NoUrl = "no URL that a mirror can have";
    public const string Depth = "too many links from the start";
}
