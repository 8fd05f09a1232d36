# One measurement in a fresh shell, as a line of JSON: 'bare' measures the shell alone.
param([string] $What, [string] $Module, [string] $Inventory, [string] $Bench)

$ErrorActionPreference = 'Stop'
$process = [Diagnostics.Process]::GetCurrentProcess()
$watch = [Diagnostics.Stopwatch]::new()

function Measure-Part([scriptblock] $Script) {
    $process.Refresh()
    $processor = $process.TotalProcessorTime
    $allocated = [GC]::GetTotalAllocatedBytes($true)
    $watch.Restart()
    $null = & $Script
    $watch.Stop()
    $process.Refresh()
    [ordered]@{
        Wall = $watch.Elapsed.TotalMilliseconds
        Processor = ($process.TotalProcessorTime - $processor).TotalMilliseconds
        Allocated = [GC]::GetTotalAllocatedBytes($true) - $allocated
    }
}

# Twice for nothing, so that the measuring itself is compiled.
$null = Measure-Part { 1 }
$null = Measure-Part { 1 }

$result = [ordered]@{}
if ($What -ne 'bare') {
    $result.Import = Measure-Part { Import-Module $Module }
}

$process.Refresh()
$result.WorkingSet = $process.WorkingSet64

if ($What -eq 'first') {
    $result.First = Measure-Part { Get-SiteDnsTarget -InventoryPath $Inventory }
    $result.Second = Measure-Part { Get-SiteDnsTarget -InventoryPath $Inventory }
}

if ($What -eq 'pump') {
    Import-Module $Bench
    $null = Measure-Part { Write-PumpedObject 100000 }
    $null = Measure-Part { Write-PlainObject 100000 }
    $result.Pumped = @(1..7 | ForEach-Object { Measure-Part { Write-PumpedObject 100000 } })
    $result.Plain = @(1..7 | ForEach-Object { Measure-Part { Write-PlainObject 100000 } })
}

$result | ConvertTo-Json -Compress -Depth 4
