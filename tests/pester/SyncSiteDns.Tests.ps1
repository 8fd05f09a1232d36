# Sync-SiteDns in a sandbox's zone, which has the sites' records and nobody's mark on them.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = New-Rehearsal ("owner: agency`n" + $rehearsalInventory)
    $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
    $yaml = Get-Content $sandbox.InventoryPath -Raw

    # The sandbox's inventory with more sites, or fewer, or another owner.
    function New-Inventory([string[]] $Add = @(), [string[]] $Remove = @(), [string] $Owner = 'agency', [string] $Sync = '') {
        $text = $yaml -replace 'owner: agency', "owner: $Owner"
        foreach ($name in $Remove) { $text = $text -replace "(?m)^  ${name}:\n(    .*\n)+", '' }
        $more = @($Add | ForEach-Object { "  ${_}: { domain: $_.example, primary: left, secondary: right }`n" }) -join ''
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).yml"
        Set-Content $path (($text -replace '(?m)^sites:\n', "sites:`n$more") + $Sync)
        $path
    }
    function Get-Record([string] $Name) { (Get-SiteDnsTarget $Name @args).RecordSets | ForEach-Object { "$_" } }
}

AfterAll {
    $sandbox | Stop-HostingSandbox
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Sync-SiteDns' {
    It 'needs an owner' {
        $path = Join-Path $TestDrive 'nobody.yml'
        Set-Content $path ($yaml -replace 'owner: agency', '')
        { Sync-SiteDns -InventoryPath $path } | Should -Throw -ErrorId 'OwnerMissing,*'
    }

    It 'tells by -WhatIf at 80 columns what it would do, and does nothing' {
        $path = New-Inventory -Add shop
        $before = Get-ZoneBody $sandbox
        $text = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; Sync-SiteDns -InventoryPath '$path' -WhatIf" | Out-String
        $text | Should -Match 'Sync of sites.example.net: 1 to create, 0 to update, 0 to delete'
        $text | Should -Match 'create shop.sites.example.net'
        $text | Should -Match '\+ A 203.0.113.10 \(TTL 60\)'
        $text | Should -Match 'left alone: 3 Stranger'
        ($text -split '\r?\n' | Select-Object -Skip 1 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        Get-ZoneBody $sandbox | Should -BeExactly $before
    }

    It 'creates a new site''s record where nobody can be asked, and nothing the second time' {
        $path = New-Inventory -Add shop
        $made = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Sync-SiteDns shop -InventoryPath '$path' | ForEach-Object { `"`$(`$_.Record) `$(`$_.Action) `$(`$_.Outcome)`" }"
        $made | Should -Be 'shop.sites.example.net Create Applied'
        Get-Record shop -InventoryPath $path | Should -Be 'A 203.0.113.10 (TTL 60)'
        Sync-SiteDns shop -InventoryPath $path -WarningVariable warned | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
    }

    It 'reports strangers, and takes them over only when they are named' {
        $plan = Sync-SiteDns -PlanOnly
        $plan | Should -BeOfType HostingOps.ZoneChangePlan
        $plan.Changes | Should -BeNullOrEmpty
        $plan.Notices | Where-Object Kind -eq Stranger | ForEach-Object SiteName | Sort-Object | Should -Be 'acme', 'bakery', 'clinic'
        Sync-SiteDns -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned.Count | Should -Be 4
        (Sync-SiteDns -Adopt acme, 'b*' -WarningAction SilentlyContinue).Record | Sort-Object | Should -Be 'acme.sites.example.net', 'bakery.sites.example.net'
        (Sync-SiteDns -Adopt * -WarningAction SilentlyContinue).Record | Should -Be 'clinic.sites.example.net'
        Sync-SiteDns -Adopt * -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'leaves the live host live, and mends the TTL there after asking' {
        $null = Set-SiteDnsTarget acme right -Force
        Sync-SiteDns acme | Should -BeNullOrEmpty
        $path = Join-Path $TestDrive 'ttl.yml'
        Set-Content $path ($yaml -replace '(?m)^  ttl: 60', '  ttl: 120')
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Sync-SiteDns acme -InventoryPath '$path'" 2>&1 | Out-String
        $text | Should -Match 'asks for a confirmation'
        Get-Record acme | Should -Be 'A 198.51.100.7 (TTL 60)'
        $result = Sync-SiteDns acme -InventoryPath $path -Force
        "$($result.Action) $($result.Outcome)" | Should -Be 'Update Applied'
        Get-Record acme | Should -Be 'A 198.51.100.7 (TTL 120)'
        $null = Sync-SiteDns acme -Force
        $null = Set-SiteDnsTarget acme left -Force
    }

    It 'carries out only the plan that was reviewed' {
        $path = New-Inventory -Add two
        $plan = Sync-SiteDns -InventoryPath $path -PlanOnly -WarningAction SilentlyContinue
        $grown = New-Inventory -Add two, three
        { Sync-SiteDns -InventoryPath $grown -Checksum $plan.Checksum } | Should -Throw -ErrorId 'ZoneChangeRefused,*' -ExpectedMessage "*$($plan.Checksum)*2 to create*"
        { Sync-SiteDns -InventoryPath $grown -Plan $plan } | Should -Throw -ErrorId 'ZoneChangeRefused,*' -ExpectedMessage '*New in it: three.sites.example.net (Create).*'
        (Sync-SiteDns -InventoryPath $path -Checksum $plan.Checksum.ToUpperInvariant() -WarningAction SilentlyContinue).Outcome | Should -Be 'Applied'
        { Sync-SiteDns -InventoryPath $path -Checksum $plan.Checksum } | Should -Throw -ErrorId 'ZoneChangeRefused,*' -ExpectedMessage '*nothing to do*'
    }

    It 'stays within its limits unless one is overridden by name' {
        $path = New-Inventory -Remove bakery -Sync "sync: { maxChanges: 1, maxPercent: 100 }`n"
        { Sync-SiteDns bakery -InventoryPath $path -Prune -Force } | Should -Throw -ErrorId 'ZoneChangeRefused,*' -ExpectedMessage '*ChangeCount*'
        (Sync-SiteDns bakery -InventoryPath $path -Prune -Force -Override ChangeCount).Action | Should -Be 'Delete'
        Get-Record bakery | Should -BeNullOrEmpty
    }

    It 'takes a sync back' {
        $path = New-Inventory -Remove clinic
        $gone = Sync-SiteDns clinic -InventoryPath $path -Prune -Force
        Get-Record clinic | Should -BeNullOrEmpty
        (Sync-SiteDns -Undo $gone.OperationId -Force).Outcome | Should -Be 'Applied'
        Get-Record clinic | Should -Be 'A 203.0.113.10 (TTL 60)'
        Sync-SiteDns clinic | Should -BeNullOrEmpty
    }

    It 'refuses parameters that say two things' {
        { Sync-SiteDns -Undo 01 -Prune } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*-Prune*'
        { Sync-SiteDns acme -Undo 01 } | Should -Throw -ErrorId 'InvalidArgument,*'
        $plan = Sync-SiteDns -PlanOnly
        { Sync-SiteDns -Plan $plan -Checksum ('0' * 32) } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'leaves alone what another inventory owns, and says so as an error of each site' {
        $path = New-Inventory -Owner partner
        $before = Get-ZoneBody $sandbox
        Sync-SiteDns acme, clinic -InventoryPath $path -Adopt * -Prune -Force -ErrorVariable refused -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $refused.FullyQualifiedErrorId | Should -Be (@('SiteNotSynced,HostingOps.Cmdlets.Commands.Dns.SyncSiteDnsCommand') * 2)
        $refused.TargetObject | Should -Be 'acme', 'clinic'
        Get-ZoneBody $sandbox | Should -BeExactly $before
    }

    It 'refuses a name that is no site''s, with the nearest one' {
        { Sync-SiteDns acmee } | Should -Throw -ErrorId 'SiteNotFound,*' -ExpectedMessage "*'acmee'*"
        { Sync-SiteDns acmee -Prune } | Should -Throw -ErrorId 'SiteNotFound,*'
    }

    It 'keeps sites of several inventories apart' {
        $results = [pscustomobject]@{ Name = 'four'; InventoryPath = New-Inventory -Add four }, [pscustomobject]@{ Name = 'five'; InventoryPath = New-Inventory -Add five -Owner partner } | Sync-SiteDns
        $results.Record | Should -Be 'four.sites.example.net', 'five.sites.example.net'
        $results[1].Change.After.Values | Should -Contain '"hostingops/1 owner=partner site=five"'
    }
}
