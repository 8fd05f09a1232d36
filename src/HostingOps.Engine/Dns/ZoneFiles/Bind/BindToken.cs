namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>A word of a zone file, or a string that stood in quotation marks, with its escapes as they stand.</summary>
internal readonly record struct BindToken(string Text, bool Quoted, int Line, int Column);
